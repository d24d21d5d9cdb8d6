"""English headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Address; Street; Street address; Street 1; Street 2; Street 3; Address line 1; Address line 2; Mailing address;
Billing address; Shipping address; Visiting address; Postal address; Home address; Work address; Business address;
Company address; Formatted; City; Town; State; State/Region; State/Province; Province; County; Region; Territory; Zip;
Zip code; ZIP/Postal code; Postal code; Postcode; PO box; P.O. box; Country; Country/Region; Country code;
Nationality; Location; Latitude; Longitude; Time zone; Language; Preferred language; Salutation; Title; Job title;
Job; Job function; Job role; Job description; Position; Role; Buying role; Seniority; Department; Division;
Profession; Occupation; Prefix; Suffix; Name prefix; Name suffix; Initials; Nickname; Nick name; Middle name;
Additional name; Second name; Maiden name; Display name; Short name; Known as; Alias; File as; Username; User name;
Login; Password; Birthday; Birth date; Date of birth; DOB; Age; Gender; Sex; Anniversary; Spouse; Partner; Children;
Manager; Manager's name; Assistant; Assistant's name; Reports to; Hobby; Interests; Education; School; Degree; Marital
status; Photo; Picture; Image; Avatar; Logo; Fax; Fax number; Business fax; Home fax; Other fax; Fax (work); Pager;
Telex; ISDN; Callback; TTY/TDD phone; Extension; Phone extension; Ext; Website; Website URL; Web site; Web page; Web;
Homepage; URL; Domain; Email domain; Company domain name; Blog; LinkedIn; LinkedIn URL; LinkedIn profile; LinkedIn
bio; Twitter; Twitter handle; Twitter username; Facebook; Instagram; Skype; Skype ID; WhatsApp; IM; Messenger; Social
media; Email type; E-mail label; Email display name; Email status; Email opt out; Email opt-out; Opt out; Opt-out;
Opted out; Opt in; Opt-in; Unsubscribed; Unsubscribe; Subscribed; Subscription; Newsletter; Consent; GDPR; GDPR
consent; Marketing consent; Permission; Do not call; Do not email; Do not mail; Do not contact; Bounced; Bounce; Email
bounced; Email bounced reason; Invalid email; Email verified; Status; Lead status; Contact status; Status reason;
Stage; Lifecycle; Lifecycle stage; Lead stage; Customer stage; Pipeline; Rating; Lead rating; Score; Lead score; Lead
scoring; Grade; Priority; Importance; Sensitivity; Category; Categories; Label; Labels; Tag; Tags; Segment; Segments;
Group; Groups; Group membership; List; Lists; Type; Contact type; Lead type; Customer type; Record type; Class; Kind;
Industry; Sector; Branch; NAICS; SIC code; Employees; Number of employees; No. of employees; Employee count; Company
size; Size; Headcount; Revenue; Annual revenue; Turnover; Income; Profit; Budget; Amount; Value; Total; Price; Cost;
Sum; Currency; Discount; Probability; Quantity; Count; Number; No.; Percent; Share; Rank; Deal; Deals; Opportunity;
Product; Products; Product interest; Invoice; Order; Orders; Contract; Quote; Offer; Project; Ticket; Case; Task;
Activity; Event; Meeting; Meetings; Calls; Visit; Visits; Campaign; Campaigns; Campaign name; Source campaign; Ad;
Keyword; Referrer; Landing page; Form; Form name; UTM source; UTM medium; UTM campaign; UTM content; UTM term; Medium;
Channel; Lead source details; Lead source detail; Source details; Source detail; Source description; Latest source;
Latest traffic source; Record source; Date; Time; Year; Month; Day; Week; Create date; Created; Created at; Created
on; Created date; Creation date; Created time; Date created; Date added; Added; Added on; Created by; Creator;
Modified; Modified on; Modified by; Modified time; Last modified; Last modified date; Last modified by; Last modified
time; Updated; Updated at; Updated by; Last updated; Update time; Last activity; Last activity date; Last activity
time; Last contacted; Last contact; Last contact date; Last called; Last touch; Last visit; Last login; Last seen;
Next activity; Next activity date; Next step; Next contact; Next follow-up; Follow up; Follow-up; Follow-up date;
Follow up date; First contact; First contacted; First seen; First conversion; Recent conversion; Recent; Close date;
Closed; Start date; End date; Due date; Expiry date; Expires; Deadline; Completed; Done; Active; Inactive; Archived;
Deleted; Converted; Converted date; Qualified; Disqualified; Unqualified reason; Reason; Lost reason; Is customer;
Verified; Locked; Hidden; Read; Unread; Yes/No; Owner ID; Contact owner ID; Lead owner ID; Company owner; Company
owner ID; Account owner; Account owner ID; Owner alias; Owner role; Owner team; Team; Sales team; Business unit;
Company ID; Account ID; Organization ID; Organisation ID; Parent account; Parent company; Parent account ID; Ultimate
parent; Subsidiary; Account type; Account status; Account site; Account number; Account description; Company
description; Company type; Company email domain; Campaign ID; Deal ID; User ID; Owner email domain; External link;
Link; Attachment; Attachments; Image URL; IP address; Timezone; Message; Subject; Topic; Feedback; Question; Answer;
Email body; Notes count; Number of notes; Notes last updated; Last note; Last note date; Note date; Number of emails;
Emails sent; Emails opened; Emails; Mileage; Billing information; Directory server; User 1; User 2; User 3; User 4;
Keywords; Internet free busy; Account; Government ID number; Social security number; SSN; Passport; IBAN; BIC; Bank;
Bank account; Payment terms; Credit limit; Credit hold; Row number; Row; Row checksum; Checksum; Version; System
modstamp; Sequence; Index; Serial number; Reference; Our reference; Your reference; Referral; Referral code; Phonetic
name; Yomi
"""

ENGLISH = Language(
    "en",
    "English",
    {
        Concept.KEEN_ID: """Keen ID; Keen lead ID; Keen lead; Keen UUID; Keen GUID; Keen lead UUID; KeenPartner ID;
            KeenPartner lead ID; Keen record ID; ID in Keen; Lead ID in Keen; Keen identifier; Lead ID (Keen)""",
        Concept.KEEN_LEGACY_ID: """Keen legacy ID; Legacy ID (Keen); Keen legacy lead ID; Keen old ID; Old Keen ID;
            Legacy Keen ID; KeenPartner legacy ID; Keen legacy number; Keen ID (legacy); Keen ID (old); Previous
            Keen ID""",
        Concept.EMAIL: """Email; E-mail; Mail; Email address; E-mail address; Mail address; Primary email; Primary
            email address; Main email; Contact email; Lead email; Person email; Work email; Work email address;
            Business email; Business email address; Office email; Professional email; Email (work); Email - work;
            Email work; Private email; Personal email; Home email; Email (private); Email (personal); Email ID; Your
            email; Customer email; Contact email address; Personal email address; Email home; E-mail 1; Email
            address 1""",
        Concept.OTHER_EMAIL: """Secondary email; Other email; Alternate email; Alternative email; Second email;
            Additional email; Additional email addresses; Additional emails; CC email; Billing email; Invoice email;
            Assistant email; Company email; Email 2; Email 3; E-mail 2 address; E-mail 3 address; Email address 2;
            Email address 3; Email other; Work email 2; Backup email; Alternate email 1; Alternate email 2;
            Secondary email address""",
        Concept.FIRST_NAME: """First name; Firstname; Given name; Forename; Christian name; Contact first name; Lead
            first name; First names; Given names; FName; Person first name; Customer first name; Contact given name""",
        Concept.LAST_NAME: """Last name; Lastname; Surname; Family name; Second surname; Contact last name; Lead
            last name; LName; Person last name; Customer last name""",
        Concept.FULL_NAME: """Full name; Fullname; Contact name; Lead name; Person name; Contact full name; Complete
            name; First and last name; Name of contact; Contact person name; First name and last name; Name (full);
            Whole name""",
        Concept.PHONE: """Phone; Telephone; Phone number; Telephone number; Phone no.; Tel; Tel.; Tel no; Main
            phone; Primary phone; Primary phone number; Contact phone; Lead phone; Person phone; Phone 1; Telephone
            1; Contact number; Contact phone number; Customer phone; Landline; Phone (main); Call number; Phone
            (primary)""",
        Concept.WORK_PHONE: """Work phone; Business phone; Office phone; Work phone number; Business phone number;
            Direct phone; Direct line; Direct dial; Phone (work); Phone work; Work telephone; Work number; Business
            telephone; Phone (business); Phone (office); Work direct phone; Office number""",
        Concept.MOBILE_PHONE: """Mobile; Mobile phone; Mobile phone number; Mobile number; Cell; Cell phone;
            Cellphone; Cellular; Cell number; Mobile no.; Phone (mobile); Phone mobile; Work mobile; Personal
            mobile; Mobile tel; Handy""",
        Concept.HOME_PHONE: """Home phone; Home telephone; Private phone; Home phone number; Phone (home); Phone
            home; Personal phone; Phone (private); Home number; Residential phone""",
        Concept.OTHER_PHONE: """Other phone; Phone 2; Phone 3; Secondary phone; Alternate phone; Alternative phone;
            Second phone; Additional phone; Business phone 2; Home phone 2; Mobile phone 2; Mobile 2; Company phone;
            Company main phone; Company phone number; Assistant phone; Assistant's phone; Asst. phone; Asst phone;
            Manager phone; Car phone; Radio phone; Switchboard; Phone other; Phone (other); Work phone 2; Other
            phone number; Telephone 2; Emergency phone; Account phone; Organization phone; Secondary phone number""",
        Concept.COMPANY: """Company; Company name; Organization; Organisation; Organization name; Organisation name;
            Account name; Business name; Employer; Firm; Firm name; Company/Account; Name of company; Customer
            company; Contact company; Lead company; Corporation; Associated company; Associated company (primary);
            Primary company; Primary associated company; Legal name; Trading name; Company / organization;
            Enterprise; Legal company name""",
        Concept.SOURCE: """Lead source; Source; Original source; Source of lead; Contact source; Lead origin;
            Origin; Original lead source; Original traffic source; Traffic source; Acquisition source; Source name;
            Lead source name; Came from; Where did you hear about us; How did you hear about us; Customer source;
            Lead generated from; Person source""",
        Concept.OWNER: """Owner; Lead owner; Contact owner; Record owner; Owner name; Referring employee;
            Responsible; Responsible employee; Responsible person; Assigned to; Assigned user; Assignee; Account
            manager; Account executive; Sales rep; Salesperson; Sales person; Sales representative; Sales owner;
            Representative; Agent; Consultant; Advisor; Employee; Employee name; Key account manager; Handled by;
            Case worker; Relationship manager; Lead owner name; Contact owner name; Responsible user; Person owner;
            Referred by (employee); Our contact; Sales agent""",
        Concept.NOTES: """Notes; Note; Comments; Comment; Remarks; Remark; Internal notes; Internal comments;
            Contact notes; Lead notes; Sales notes; Memo; Additional notes; Additional information; Free text;
            Annotations; General notes""",
        Concept.DESCRIPTION: """Description; Lead description; Contact description; Details; About; Background;
            Info; Summary""",
        Concept.REGISTER_NUMBER: """Company number; Company registration number; Company reg. no.; Registration
            number; Business registration number; Companies House number; Register number; Org number; Organization
            number; Organisation number; Org no; Business ID; Company no.; Reg no; Trade register number; Commercial
            register number; CVR; CVR number; KvK number; SIREN; SIRET; Chamber of commerce number; CRN; Business
            number; Company register number""",
        Concept.VAT_NUMBER: """VAT; VAT number; VAT ID; VAT no.; VAT registration number; VAT code; Tax ID; Tax
            number; Tax identification number; EU VAT number; VAT reg no; TIN; VAT identification number; Fiscal
            code""",
        Concept.RECORD_ID: """Record ID; Contact ID; Lead ID; Person ID; ID; Prospect ID; CRM ID; Contact record ID;
            Unique ID; Contact number; Lead number; System ID; External ID; Object ID; Internal ID""",
        Concept.OTHER: _OTHER,
    },
    names="Name; Names",
    parts={
        Part.EMAIL: "email; mail; emails",
        Part.PHONE: "phone; telephone; tel; fon; phones; landline",
        Part.MOBILE: "mobile; cell; mob",
        Part.NAME: "name; names",
        Part.COMPANY: """company; organization; organisation; org; firm; business name; employer; account;
            corporate; co""",
        Part.PERSON: "contact; lead; person; prospect; people; contacts; leads; recipient; participant; attendee",
        Part.CUSTOMER: "customer; client; customers; clients; member; buyer",
        Part.OWNER: "owner; salesperson; assignee; responsible; representative; rep; referring employee; consultant",
        Part.SOURCE: "source; origin",
        Part.NOTES: "notes; note; comments; comment; remarks; remark",
        Part.ID: "id; guid; uuid; identifier; key; ids",
        Part.NUMBER: "number; no; nr; num; nbr; numbers",
        Part.KEEN: "keen; keenpartner; keen partner",
        Part.LEGACY: "legacy",
        Part.OLD: "old; previous; former; earlier",
        Part.ADDRESS: "address; addr; addresses",
        Part.DEAL: "deal; opportunity; deals",
        Part.WORK: "work; business; office; direct; job; professional",
        Part.HOME: "home; private; personal; residential",
        Part.MAIN: "main; primary; default; preferred; first choice; general",
        Part.SECOND: "secondary; other; alternate; alternative; second; additional; backup; alt",
        Part.FULL: "full; complete; whole; first and last",
        Part.ODD: """assistant; assistants; asst; spouse; partner; parent; manager; managers; billing; shipping;
            invoice; middle; nick; display; displayed; maiden; yomi; phonetic; alias; product; campaign; file;
            event; user; emergency; radio; car; tty; tdd; ultimate; supervisor; child; list; form; project; team;
            department; bank; domain; school""",
        Part.OTHER: """date; time; type; status; count; code; opt; out; last; latest; first; next; recent; previous
            date; url; link; days; since; is; has; was; checked; valid; invalid; verified; bounced; sent; opened;
            clicked; received; consent; details; detail; drill; by; modified; created; updated; contacted;
            extension; ext; fax; domain; language; city; street; zip; postal; state; country; region; score; rating;
            score; size; average; total; per; percent; image; privacy; allow; allowed; preference; method;
            unsubscribed; quarantined; conversion; membership; format; label; reason; website; hash; level; stage;
            history; attempts; activity; duration; interest; synced; sync; customer since; linkedin; facebook;
            twitter; instagram; profile; visits; views; times; employees; revenue""",
        Part.FILLER: "the; of; a; an; and; for; in; at; to; your; our; value; field; s; new; current; associated; raw",
    },
    doubtful={
        "Customer": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Customer name": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Client": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Client name": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Account": {Concept.COMPANY: 0.75, Concept.OTHER: 0.5},
        "Business": {Concept.COMPANY: 0.7, Concept.OTHER: 0.3},
        "Contact": {Concept.FULL_NAME: 0.75},
        "Contact person": {Concept.FULL_NAME: 0.85},
        "Person": {Concept.FULL_NAME: 0.75},
        "Lead": {Concept.FULL_NAME: 0.5, Concept.RECORD_ID: 0.3},
        "Main contact": {Concept.FULL_NAME: 0.7},
        "Primary contact": {Concept.FULL_NAME: 0.7},
        "First": {Concept.FIRST_NAME: 0.8},
        "Last": {Concept.LAST_NAME: 0.8},
        "Work": {Concept.WORK_PHONE: 0.6},
        "Home": {Concept.HOME_PHONE: 0.5},
        "Referred by": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Employee": {Concept.OWNER: 0.7},
        "Agent": {Concept.OWNER: 0.7},
        "Consultant": {Concept.OWNER: 0.7},
        "Advisor": {Concept.OWNER: 0.7},
        "Lead ID": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "UUID": {Concept.KEEN_ID: 0.5, Concept.RECORD_ID: 0.5},
        "GUID": {Concept.RECORD_ID: 0.6, Concept.KEEN_ID: 0.3},
        "Lead UUID": {Concept.KEEN_ID: 0.6, Concept.RECORD_ID: 0.5},
        "Legacy ID": {Concept.KEEN_LEGACY_ID: 0.6, Concept.RECORD_ID: 0.3},
        "Customer ID": {Concept.RECORD_ID: 0.75},
        "Customer number": {Concept.RECORD_ID: 0.75},
        "Customer no.": {Concept.RECORD_ID: 0.75},
        "Member ID": {Concept.RECORD_ID: 0.7},
        "Contact number": {Concept.PHONE: 0.65, Concept.RECORD_ID: 0.6},
        "External ID": {Concept.RECORD_ID: 0.7},
        "Business ID": {Concept.REGISTER_NUMBER: 0.9},
        "Organization ID": {Concept.OTHER: 0.8, Concept.REGISTER_NUMBER: 0.3},
        "Company ID": {Concept.OTHER: 0.8, Concept.REGISTER_NUMBER: 0.35},
        "Message": {Concept.OTHER: 0.6, Concept.NOTES: 0.55},
        "Additional information": {Concept.NOTES: 0.75},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Details": {Concept.DESCRIPTION: 0.7},
        "About": {Concept.DESCRIPTION: 0.6},
        "Summary": {Concept.DESCRIPTION: 0.6},
        "Referral source": {Concept.SOURCE: 0.85},
        "Where did you hear about us": {Concept.SOURCE: 0.85},
        "How did you hear about us": {Concept.SOURCE: 0.85},
    },
    locked="(Do Not Modify)",
)
