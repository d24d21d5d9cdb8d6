"""Headers of CRMs' exports, labels and internal names, where the languages do not tell."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import System

HUBSPOT = System(
    "HubSpot",
    """Lifecycle Stage; Marketing contact status; Associated Company IDs; Associated Company; Original Source
        Drill-Down 1; Original Source Drill-Down 2; Original Traffic Source; Latest Traffic Source; HubSpot Team;
        HubSpot Score; Contact owner; Record ID; Became a Lead Date; Became a Customer Date; Unsubscribed from all
        email; Marketing emails opened; Number of Form Submissions; First Conversion; Recent Conversion; Buying
        Role; Last Contacted; hs_object_id; hubspot_owner_id; lifecyclestage; hs_lead_status; hs_analytics_source;
        hs_lifecyclestage_lead_date; notes_last_contacted; associatedcompanyid; createdate; lastmodifieddate;
        Livscyklusfase; Lifecycle-Phase; Livscykelfas; Livscykelsteg; Livssyklusfase; Lifecyclefase;
        Levenscyclusfase; Phase du cycle de vie; Étape du cycle de vie; Etapa del ciclo de vida; Kontaktejer;
        Kontaktägare; Kontakteier; Contacteigenaar; Eigenaar van contactpersoon; Für Kontakt zuständiger
        Mitarbeiter; Propriétaire du contact; Propietario del contacto; Datensatz-ID; ID de fiche d'information; ID
        de registro; Marketingkontaktstatus; Marketingcontactstatus; Statut marketing du contact; Estado de contacto
        de marketing; Tilknyttet virksomhed; Zugeordnetes Unternehmen; Associerat företag; Tilknyttet selskap;
        Gekoppeld bedrijf; Entreprise associée; Empresa asociada; Datum der letzten Aktivität; Date de dernière
        activité; Fecha de última actividad; Dato for seneste aktivitet; Senaste aktivitetsdatum""",
    {
        Concept.EMAIL: "work_email",
        Concept.OTHER_EMAIL: "hs_additional_emails; Additional email addresses",
        Concept.FULL_NAME: "hs_full_name_or_email; hs_full_name",
        Concept.MOBILE_PHONE: "mobilephone; Mobile Phone Number",
        Concept.OTHER_PHONE: "hs_whatsapp_phone_number; WhatsApp Phone Number",
        Concept.COMPANY: "Associated Company; Associated Company (Primary); company",
        Concept.SOURCE: "hs_analytics_source; Original Source; Original Traffic Source; leadsource",
        Concept.RECORD_ID: "hs_object_id; vid; Contact VID; Record ID - Contact; Contact ID",
        Concept.OTHER: """hubspot_owner_id; lifecyclestage; hs_lead_status; createdate; lastmodifieddate;
            hs_lastmodifieddate; notes_last_contacted; notes_last_updated; notes_next_activity_date; num_notes;
            num_contacted_notes; num_associated_deals; associatedcompanyid; Associated Company IDs; Associated
            Company IDs (Primary); Associated Deal IDs; Associated Deal; jobtitle; numemployees; annualrevenue;
            hs_email_optout; hs_email_domain; hs_email_bounce; hs_persona; Persona; Original Source Drill-Down 1;
            Original Source Drill-Down 2; Latest Source; Latest Source Drill-Down 1; Latest Source Drill-Down 2;
            Latest Traffic Source; HubSpot Team; HubSpot Score; hubspotscore; hubspot_team_id; Marketing contact
            status; Became a Lead Date; Became a Customer Date; Became a Subscriber Date; Became an Opportunity
            Date; Unsubscribed from all email; Marketing emails opened; Marketing emails delivered; Marketing emails
            clicked; Marketing emails bounced; Sends Since Last Engagement; Number of Form Submissions; Number of
            Pageviews; Number of Sessions; Number of Sales Activities; Number of times contacted; Number of
            Associated Deals; Recent Deal Amount; Recent Deal Close Date; First Deal Created Date; Time First Seen;
            Time Last Seen; Time of First Session; First Page Seen; Last Page Seen; First Referring Site; Last
            Referring Site; Favorite Content Topics; Preferred channels; IP City; IP Country; IP State/Region; Legal
            basis for processing contact's data; Email Address Quarantined; Invalid email address; Email Domain;
            Owner assigned date; Membership Notes; Membership email; Membership Has Accessed Private Content; Record
            source; Record source detail 1; Record source detail 2; Record source detail 3; Created by user ID;
            Updated by user ID; All owner IDs; All team IDs; Shared users; Likelihood to close; Contact priority;
            Lead Rating; Currently in Sequence; First marketing email open date; Last marketing email name; Recent
            Sales Email Opened Date; Recent Sales Email Clicked Date; Date of last meeting booked in meetings tool;
            Campaign of last booking in meetings tool; Source of last booking in meetings tool; Followers; Facebook
            clicked; Google ad click ID; Facebook click ID; Content membership notes; Work email domain; Job
            function; Field of study; Graduation date; Military status; Relationship Status; Twitter Username;
            Contact unworked; Merged Contact IDs; Calculated Merged Contact IDs""",
    },
)

SALESFORCE = System(
    "Salesforce",
    """OwnerId; LeadSource; IsConverted; IsDeleted; IsUnreadByOwner; SystemModstamp; LastModifiedById; CreatedById;
        NumberOfEmployees; AnnualRevenue; HasOptedOutOfEmail; HasOptedOutOfFax; MailingStreet; MailingCity;
        MailingPostalCode; MailingCountry; ReportsToId; MasterRecordId; ConvertedAccountId; EmailBouncedReason;
        AccountId; Jigsaw; JigsawContactId; Unread By Owner; Lead Owner Alias; Contact Owner Alias; Mailing Street;
        Mailing City; Mailing Zip/Postal Code; Mailing State/Province; Mailing Country; Company / Account; Owner
        Role; Data.com Key; Account Owner; Account Site; Asst. Phone; Fax Opt Out; Email Bounced Reason;
        CleanStatus; PhotoUrl; RecordTypeId; LastViewedDate; LastReferencedDate; LastActivityDate; LastCURequestDate""",
    {
        Concept.EMAIL: "Contact: Email; Lead: Email",
        Concept.OTHER_PHONE: "OtherPhone; AssistantPhone; Asst. Phone; Account Phone; Account: Phone",
        Concept.FULL_NAME: "Contact: Full Name; Lead: Full Name; Contact.Name; Lead.Name",
        Concept.COMPANY: "Account Name; Account.Name; Account: Account Name; Company / Account; Account: Name",
        Concept.OWNER: """Owner.Name; Owner: Full Name; Lead Owner: Full Name; Contact Owner: Full Name; Owner
            Full Name""",
        Concept.RECORD_ID: "Id; Contact ID; Lead ID; ContactId; LeadId; Contact ID (18); Case Safe ID; Contact: ID",
        Concept.OTHER: """OwnerId; Owner ID; IsConverted; IsDeleted; IsUnreadByOwner; SystemModstamp;
            LastModifiedById; LastModifiedDate; CreatedById; CreatedDate; NumberOfEmployees; AnnualRevenue;
            HasOptedOutOfEmail; HasOptedOutOfFax; MailingStreet; MailingCity; MailingState; MailingPostalCode;
            MailingCountry; OtherStreet; OtherCity; OtherState; OtherPostalCode; OtherCountry; ReportsToId; Reports
            To; MasterRecordId; ConvertedAccountId; ConvertedContactId; ConvertedDate; ConvertedOpportunityId;
            EmailBouncedReason; EmailBouncedDate; AccountId; Jigsaw; JigsawContactId; Unread By Owner; Lead Owner
            Alias; Contact Owner Alias; Mailing Street; Mailing City; Mailing State/Province; Mailing Zip/Postal
            Code; Mailing Country; Owner Role; Owner Alias; Data.com Key; Account Owner; Account Site; Account
            Source; Fax Opt Out; CleanStatus; PhotoUrl; RecordTypeId; LastViewedDate; LastReferencedDate;
            LastActivityDate; LastCURequestDate; LastCUUpdateDate; AssistantName; Birthdate; DoNotCall;
            GeocodeAccuracy; MailingGeocodeAccuracy; IndividualId; Level; Languages; Primary; Product Interest;
            Current Generator(s); SIC Code; Number of Locations; Rating; Parent Account; Lead Source Details; Title;
            Campaign Member Status; Response Status; Member First Associated Date; DandbCompanyId; Created Alias;
            Last Modified Alias; Stay-in-Touch Request Date; Stay-in-Touch Save Date; Owner.Id; Account.Id""",
    },
)

PIPEDRIVE = System(
    "Pipedrive",
    """Person - …; Organization - …; Deal - …; Lead - …; Visible to; Open deals; Won deals; Lost deals; Closed
        deals; Activities to do; Done activities; Total activities; Email messages count; Last email received; Last
        email sent; Personne - …; Persona - …; Organisation - …; Organización - …; Organisatie - …; Persoon - …;
        Organisasjon - …; Kontaktperson - …; Contactpersoon - …""",
    {
        Concept.COMPANY: """Organization - Name; Person - Organization; Deal - Organization; Lead - Organization;
            Organisation - Name""",
        Concept.FULL_NAME: "Person - Name; Lead - Contact person; Deal - Contact person; Lead - Person",
        Concept.RECORD_ID: "Person - ID",
        Concept.OTHER: """Open deals; Won deals; Lost deals; Closed deals; Visible to; Activities to do; Done
            activities; Total activities; Email messages count; Last email received; Last email sent; Person
            created; Organization created; Profile picture; Instant messenger; Postal address; Marketing status;
            Double opt-in; Lead - Title; Deal - Title; Lead - Value; Deal - Value; Deal - Creator; Lead - Creator;
            Deal - Stage; Expected close date; Won time; Lost time; Lead - Labels; Lead - Archive status; Lead -
            Source origin; Lead - Source origin ID; Lead - Source channel; Lead - Source channel ID; Person -
            Organization ID; Organization - ID; Organization - Owner; People; Weighted value; Lead - Next activity""",
    },
    doubtful={"Lead - ID": (Concept.RECORD_ID, 0.95), "Deal - ID": (Concept.OTHER, 0.9)},
)

ZOHO = System(
    "Zoho",
    """Record Id; Lead Owner Id; Lead Owner.id; Contact Owner.id; Account Name.id; Modified By.id; Created By.id;
        Email Opt Out; Change Log Time; Unsubscribed Mode; Unsubscribed Time; Last Activity Time; Created Time;
        Modified Time; Skype ID; Converted Account; Reporting To; Data Source; Data Processing Basis; Data
        Processing Basis Details; Vendor Name; Vendor Name.id; User Modified Time; System Modified Time; Enrich
        Status; Lead Conversion Time; Locked; Layout; Layout.id; Days Visited; Visitor Score; Average Time Spent
        (Minutes); First Visited URL; Referrer; Number Of Chats; Most Recent Visit; No. of Employees""",
    {
        Concept.OTHER_EMAIL: "Secondary Email",
        Concept.OTHER_PHONE: "Asst Phone; Other Phone",
        Concept.RECORD_ID: "Record Id; Lead Id; Contact Id; Lead Name.id; Contact Name.id",
        Concept.OTHER: """Lead Owner Id; Lead Owner.id; Contact Owner Id; Contact Owner.id; Account Name.id;
            Modified By.id; Created By.id; Change Log Time; Unsubscribed Mode; Unsubscribed Time; Converted Account;
            Converted Contact; Converted Deal; Converted Date Time; Reporting To; Reporting To.id; Data Source; Data
            Processing Basis; Data Processing Basis Details; Vendor Name; Vendor Name.id; User Modified Time; System
            Modified Time; System Related Activity Time; User Related Activity Time; Enrich Status; Lead Conversion
            Time; Layout; Layout.id; Days Visited; Visitor Score; Average Time Spent (Minutes); First Visited URL;
            First Visited Time; Referrer; Number Of Chats; Most Recent Visit; Designation; Record Image; Record
            Status; Mailing Street; Mailing Zip; Mailing State; Mailing City; Mailing Country; Other Street; Other
            City; Other State; Other Zip; Other Country; Exchange Rate; Tag; Is Record Duplicate; Cadence; Touch
            Point Score; Positive Score""",
    },
)

DYNAMICS = System(
    "Dynamics 365",
    """Row Checksum; Topic; Status Reason; Business Phone; Parent Account for lead; Parent Contact for lead; Do not
        allow Bulk Emails; Do not allow Emails; Do not allow Phone Calls; Do not allow Mails; Do not allow Faxes;
        First Name Yomi; Yomi First Name; Yomi Last Name; Yomi Company Name; Marketing Material; Preferred Method of
        Contact; Source Campaign; Owning Business Unit; Originating Lead; Address 1: Street 1; Address 1: City;
        Address 1: ZIP/Postal Code; Address 1: Country/Region; Address 1: State/Province; emailaddress1;
        emailaddress2; telephone1; telephone2; mobilephone; parentcustomerid; parentcustomeridname; ownerid;
        owneridname; owneridtype; statecode; statuscode; leadsourcecode; leadid; contactid; companyname;
        address1_city; address1_line1; createdon; modifiedon; versionnumber; owningbusinessunit; yomifullname;
        donotbulkemail; donotemail; Statusårsag; Statusgrund; Statusorsak; Statusårsak; Statusreden; Reden van
        status; Raison du statut; Razón para el estado; Kildekampagne; Quellkampagne; Källkampanj; Kildekampanje;
        Broncampagne; Campagne source; Campaña de origen; Tillad ikke e-mails; Tillad ikke telefonopkald;
        Kundeemnekilde; Origine du prospect; Source du prospect; Origen del cliente potencial""",
    {
        Concept.EMAIL: "emailaddress1; Email Address 1",
        Concept.OTHER_EMAIL: "emailaddress2; emailaddress3; Email Address 2; Email Address 3",
        Concept.FULL_NAME: "fullname; Name",
        Concept.PHONE: "Main Phone",
        Concept.WORK_PHONE: "Business Phone; telephone1",
        Concept.MOBILE_PHONE: "mobilephone",
        Concept.HOME_PHONE: "Home Phone",
        Concept.OTHER_PHONE: """telephone2; telephone3; business2; home2; Business Phone 2; Home Phone 2; Address 1:
            Phone; Address 1: Telephone 2; Address 1: Telephone 3; address1_telephone1; address1_telephone2;
            Assistant Phone; Company Phone; Callback Number; Telephone 3""",
        Concept.COMPANY: "Company Name; companyname; parentcustomeridname; parentaccountidname; Account Name; Account",
        Concept.SOURCE: "Lead Source; leadsourcecode; leadsourcecodename",
        Concept.OWNER: "Owner; owneridname",
        Concept.DESCRIPTION: "Description",
        Concept.RECORD_ID: "leadid; contactid",
        Concept.OTHER: """Row Checksum; Topic; subject; Status Reason; Parent Account for lead; Parent Contact for
            lead; Do not allow Bulk Emails; Do not allow Emails; Do not allow Phone Calls; Do not allow Mails; Do
            not allow Faxes; Do not allow Bulk Mails; First Name Yomi; Yomi First Name; Yomi Last Name; Last Name
            Yomi; Yomi Company Name; Yomi Full Name; Marketing Material; Send Marketing Materials; Preferred Method
            of Contact; Source Campaign; Owning Business Unit; Originating Lead; Spouse/Partner Name; Rating; No. of
            Employees; Est. Close Date; Est. Value; Estimated Value; Estimated Close Date; Purchase Timeframe;
            Purchase Process; Decision Maker?; Managing Partner; Currency; Process Stage; Qualification Comments;
            Address 1: Street 1; Address 1: Street 2; Address 1: Street 3; Address 1: City; Address 1: ZIP/Postal
            Code; Address 1: Country/Region; Address 1: State/Province; Address 1: Address Type; Address 1: Name;
            Address 1: Primary Contact Name; Address 1: Fax; Address 1: County; Address 1; Address 2; Address 1:
            Post Office Box; parentcustomerid; ownerid; owneridtype; statecode; statuscode; statuscodename;
            address1_city; address1_line1; address1_line2; address1_postalcode; address1_country;
            address1_composite; createdon; modifiedon; createdby; modifiedby; versionnumber; owningbusinessunit;
            yomifullname; yomifirstname; yomilastname; donotbulkemail; donotemail; donotphone; donotfax; jobtitle;
            websiteurl; leadqualitycode; industrycode; revenue; numberofemployees; importsequencenumber; Price List;
            Preferred User; Preferred Service; Shipping Method; Freight Terms; Follow Email Activity; GUID; Record
            Created On; Participates in Workflow; Last On Hold Time; SLA; Customer Size; Relationship Type; Has
            Children""",
    },
)
