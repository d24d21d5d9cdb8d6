"""Given names, family names, suffixes of companies and names of countries, as they are frequent in eight languages.

Evidence among other evidence: who is not in a list is no less a person.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

_GIVEN = """
anders anna anne annette asger astrid birgit birgitte bjarne bo camilla carl caroline charlotte christian christina
emil emma erik eva flemming frederik freja frida gitte hanne hans helle henrik henriette ida inge inger ingrid jacob
jakob jan jens jesper jette joachim johan johannes jonas jorgen josefine julie karen karin karl kasper katrine kim
kirsten kirsti kristian kristina lars lasse laura lene line lis lisbeth lise liv lone lotte louise lykke mads magnus
maja malene marianne marie martin mathias mathilde mette michael mikkel mogens morten nicklas niels nina ole oliver
oscar pernille per peter pia poul rasmus rikke robert signe simon sofie soren stig stine susanne svend thomas tina
tine tobias tom tommy torben tove trine ulla vibeke viggo william aage ake alexander alice andreas arvid axel bengt
bertil bjorn britt claes dag ebba elin elisabeth elsa erika ester fredrik gunnar gustav hakan hedvig hugo ingemar
ingmar isak jenny johanna kerstin klara lennart lina linnea lovisa ludvig malin margareta maria mats matilda mikael
moa nils olof ove par patrik pernilla petra rolf sara sigrid siv staffan stefan stina sven tilda tomas torbjorn ulf
ulrika viktor viktoria vilhelm wilma arild arne aslaug bjorg bente berit edvard eirik espen eskil geir gro guro hakon
halvor harald havard heidi hilde ingvild jon kare kari kjell knut kristin leif magne marit oddvar odd ola olav oystein
ragnhild randi rune sigurd silje sindre siri sissel solveig stian terje tor tore trond trygve turid unni vegard yngve
achim albert alfred amelie anja annika antje anton arnold august barbara beate ben bernd bernhard birte brigitte bruno
carsten christa christel christoph claudia claus clemens cornelia daniel daniela david dieter dirk dominik doris
eberhard elena elke ella emilia ernst felix finn florian frank franz frieda friedrich fritz gabriele georg gerd
gerhard gertrud gisela greta gudrun guenter gunther hannah hannes harald hartmut heike heiko heinrich heinz helga
helmut herbert hildegard holger horst hubert ilse ines ingo irene jana joerg jorg juergen jurgen julia julian jutta
kai karsten katharina katja katrin klaus kurt leon leonie lena lisa lothar ludwig luisa lukas manfred manuela marc
marcel marco mareike markus marlene matthias max maximilian mia michaela mila monika moritz nadine nele nicole norbert
olaf otto pascal paul paula philipp rainer ralf regina reiner reinhard renate robin roland rudolf ruth sabine sandra
sarah sascha sebastian silke silvia sonja sophie steffen stephan susanna sven tanja theo thorsten tim timo torsten udo
ulrich ursula ute uwe vera verena volker walter werner wilhelm wolfgang yvonne adriaan anneke anouk arjan bart bas
bram corrie daan dirk els esther eva fleur floor floris frans frederique geert gerard gerrit giel guus hendrik henk
herman ilse inge ingeborg iris jaap jan-willem janneke jasper jeroen jelle jeroen joost jolanda joris jurgen karin
kees koen lieke lotte maarten maaike marieke marijke marleen mark mirjam niels noor pieter piet rik roel ruben ruud
saskia sander sanne sjoerd stijn suzanne teun thijs tess tijn tim ton truus wim willem wouter yvette adele adrien
agathe alain alexandra alexandre amandine andre anais antoine arnaud arthur aurelie baptiste beatrice benjamin benoit
bernadette bernard brigitte camille catherine cecile celine chantal chloe christelle christine christophe claire
claude clement colette corinne cyril damien delphine denis didier dominique edouard elise elodie emilie emmanuel eric
etienne fabien fabrice florence francois francoise frederic gabriel gaelle genevieve gerard gilles guillaume guy
helene henri herve hugo isabelle jacqueline jacques jean jerome joel josephine jules juliette julien laetitia laurence
laurent lea leo louis lucas lucie luc madeleine manon marc marcelle margaux marine martine mathieu maxime michel
michele mireille monique muriel nathalie nicolas noemie odette olivier pascale patrice patricia patrick philippe
pierre quentin raphael raymond regis remi rene romain sandrine sebastien serge simone solene sophie stephane stephanie
sylvain sylvie theo therese thibault thierry valerie veronique victor vincent virginie xavier yann yves yvonne zoe
adriana agustin aitor alba alberto alejandro alejandra alfonso alicia alvaro amparo ana andrea andres angel angela
angeles antonio araceli arturo beatriz belen blanca borja carla carlos carmen carolina catalina cesar clara concepcion
consuelo cristian cristina daniel diego dolores eduardo elena emilio encarnacion enrique esperanza esteban eugenia eva
fatima felipe fernando francisca francisco gabriela gema gloria gonzalo guillermo hector ignacio ines inmaculada irene
isabel ivan javier jesus joaquin jordi jorge jose josefa juan juana julia julio laura leticia lola lorena lucia luis
luisa luz manuel manuela marcos margarita mariano maria marina mario marta mateo mercedes miguel milagros miriam
monica montserrat natalia nicolas noelia nuria oscar pablo paloma paola patricia pedro pilar rafael ramon raquel raul
ricardo roberto rocio rodrigo rosa rosario ruben salvador santiago sergio silvia sofia sonia susana teresa tomas
valentina vicente victoria victor virginia xavier yolanda aaron abigail adam aidan alan albert alex alexa alfie alison
amanda amber amelia amy andrew angela ann anthony archie ashley austin ava barbara barry beth betty beverly bradley
brandon brenda brian bruce bryan callum cameron carol carolyn catherine chad charles charlie chloe chris christopher
cindy connor craig crystal cynthia dan danielle darren dawn dean deborah debra denise dennis diana diane donald donna
dorothy douglas dylan edward eleanor elizabeth ella ellie emily eric ethan eugene evan evelyn faye finley fiona
florence frances freddie freya gail gareth gary gavin gemma geoffrey george georgia gerald gillian glenn gloria grace
graham greg gregory hannah harriet harrison harry hayley hazel heather helen henry holly howard hugh ian isaac
isabella isla jack jackie jacqueline jade jake james jamie jane janet janice jason jay jean jeff jeffrey jennifer
jeremy jerry jessica jill jim joan joanna joe joel john johnny jordan joseph joshua joy joyce judith judy justin karen
kate katherine kathleen kathryn katie keith kelly ken kenneth kerry kevin kieran kimberly kyle larry lauren lawrence
leah lee leo leslie lewis liam lily linda lindsay logan lorraine louis lucas lucy luke lydia lynn madison marcus
margaret maria marilyn martha mary mason matt matthew megan melissa mia michelle mike mildred mohammed molly nancy
naomi natalie natasha nathan neil nicholas nicola nigel noah nora norman olivia owen pamela patricia patrick paul
pauline peggy philip phoebe phyllis rachel ralph raymond rebecca reece rhys richard rita robert robin roger ronald
rory rosalind rose ross roy russell ruth ryan sally sam samantha samuel sandra scarlett scott sean sebastian shane
shannon sharon sheila shirley sophia spencer stacey stanley stephen steven stuart susan tamsin tanya ted teresa terry
theodore theresa tiffany timothy toby todd tony tracy travis trevor tyler vanessa vicky victoria vincent virginia
walter wayne wendy wesley zachary zoe
"""
_FAMILY = """
nielsen jensen hansen pedersen andersen christensen larsen sorensen rasmussen jorgensen petersen madsen kristensen
olsen thomsen christiansen poulsen johansen moller mortensen knudsen jakobsen mikkelsen frederiksen laursen lund
schmidt holm henriksen eriksen clausen simonsen svendsen andreasen iversen jeppesen ostergaard vestergaard nissen
lauridsen jespersen mogensen lauritsen norgaard kjaer sogaard bach dahl friis gregersen bruun skov overgaard toft bech
bjerregaard kjeldsen hald juhl krogh winther dam frandsen bertelsen carlsen steffensen thorsen villadsen kofoed
andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson
hansson bengtsson jonsson lindberg jakobsson magnusson lindstrom lindqvist olofsson lindgren axelsson berg bergstrom
lundberg lind lundgren lundqvist mattsson berglund fredriksson sandberg henriksson forsberg sjoberg wallin engstrom
eklund danielsson hakansson lundin bjork gunnarsson holmberg wikstrom samuelsson bergman isaksson fransson bergqvist
nystrom holmqvist arvidsson lofgren soderberg nyberg ekstrom hellstrom nordin sandstrom astrom aberg nilsen
kristiansen karlsen johnsen pettersen gundersen berge haugen hagen jacobsen halvorsen strand solberg bakken eide myhre
bakke lie moen lien nygard nguyen solheim fredriksen tangen martinsen isaksen berntsen hauge aas sandvik danielsen
mueller muller schneider fischer weber meyer wagner becker schulz hoffmann schaefer schafer koch bauer richter klein
wolf schroeder schroder neumann schwarz zimmermann braun kruger krueger hofmann hartmann lange werner schmitt schmitz
krause meier lehmann schmid schulze maier kohler koehler herrmann konig koenig walter mayer huber kaiser fuchs peters
lang scholz moeller weiss jung hahn schubert vogel friedrich keller gunther frank berger winkler roth beck lorenz
baumann franke albrecht schuster simon ludwig bohm winter kraus martin schumacher kramer vogt stein jager otto sommer
gross seidel heinrich brandt haas schreiber graf schulte dietrich ziegler kuhn kuehn pohl engel horn busch bergmann
thomas voigt sauer arnold wolff pfeiffer jong vries berg bakker dijk visser smit meijer boer mulder groot bos vos
peters hendriks leeuwen dekker brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen heuvel veen
broek schouten beek hoekstra koning wal prins verhoeven willemsen jansen janssen postma huisman kuipers kramer
scholten maas wijk bosman gerritsen bruin jonge post kuiper veenstra molenaar timmermans peeters maes willems mertens
claes wouters goossens smet desmet lambert martin bernard dubois thomas robert richard petit durand leroy moreau simon
laurent lefebvre lefevre michel garcia david bertrand roux vincent fournier morel girard andre mercier dupont lambert
bonnet francois martinez legrand garnier faure rousseau blanc guerin muller henry roussel nicolas perrin morin mathieu
clement gauthier dumont lopez fontaine chevalier robin masson sanchez gerard nguyen boyer denis lemaire duval joly
gautier roger roche roy noel meyer lucas meunier jean perez marchand dufour blanchard marie barbier brun dumas brunet
schmitt leroux colas renard arnaud rolland caron aubert giraud leclerc vidal bourgeois renaud lemoine picard gaillard
philippe leclercq lacroix fabre dupuis olivier rodriguez hubert gonzalez rodriguez fernandez martinez sanchez gomez
jimenez ruiz hernandez diaz moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez ramos gil
ramirez serrano molina morales suarez ortega delgado castro ortiz rubio marin sanz iglesias nunez medina garrido
cortes castillo santos lozano guerrero cano prieto mendez cruz calvo gallego herrera marquez leon vidal pena flores
cabrera campos vega fuentes carrasco diez reyes caballero nieto aguilar pascual santana herrero montero lorenzo
hidalgo gimenez ibanez ferrer duran santiago benitez vargas mora arias carmona crespo roman pastor soto saez velasco
moya soler parra esteban bravo gallardo rojas smith jones taylor williams brown davies evans wilson thomas roberts
johnson lewis walker robinson wood thompson white watson jackson wright green harris cooper king lee martin clarke
james morgan hughes edwards hill moore clark harrison scott young morris hall ward turner carter phillips mitchell
patel adams campbell anderson allen cook bailey parker miller davis murphy price bell baker griffiths kelly simpson
marshall collins bennett cox richardson fox gray rose chapman hunt robertson shaw reynolds lloyd ellis richards
russell wilkinson khan graham stewart reid murray powell palmer holmes rogers stevens walsh hunter thomson matthews
ross owen mason knight kennedy butler saunders cole pearce dean foster harvey hudson gibson mills berry barnes pearson
kaur webb fisher barker armstrong garcia brooks sanders perez long hayes bryant alexander hamilton wallace cruz gomez
west jordan ford owens mcdonald sullivan perry burns
"""
_SUFFIXES = """
aps a/s as ivs i/s k/s p/s amba smba fmba holding ab aktiebolag hb kb asa ans da sa enk oy oyj gmbh ag kg ohg gbr ug
mbh se ev kgaa bv b.v. nv n.v. vof cv bvba sarl sas sasu eurl snc sci scop sl s.l. s.l.u. slu s.a. sa slp scp ltd
limited plc llp llc inc inc. corp corp. corporation co company lp group gruppe gruppen groep groupe grupo associates
partners
"""
_COUNTRIES = """
denmark danmark danemark dinamarca daenemark dk sweden sverige schweden suede suecia zweden se norway norge norwegen
norvege noruega noorwegen no germany deutschland tyskland allemagne alemania duitsland de netherlands nederland
niederlande pays-bas holland holanda nl belgium belgie belgique belgien be france frankrig frankrike frankreich
frankrijk francia fr spain espana spanien espagne spanje es finland finnland suomi fi austria oesterreich osterreich
oestrig osterrike at switzerland schweiz suisse suiza ch poland polen pl italy italia italien italie it portugal pt
ireland irland ie iceland island is united kingdom great britain england storbritannien royaume-uni reino unido gb uk
united states usa us luxembourg
"""
_SPLIT = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*\.?|[A-Za-z]/[A-Za-z]")


@lru_cache(1 << 14)
def folded(text: str) -> str:
    """Fold a name for comparison: small letters without accents, æ as ae, ø as o, å as a, ß as ss."""
    plain = text.casefold().replace("æ", "ae").replace("ø", "o").replace("ł", "l").replace("ß", "ss")
    return "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))


GIVEN = frozenset(_GIVEN.split())
FAMILY = frozenset(_FAMILY.split())
SUFFIXES = frozenset(_SUFFIXES.split())
COUNTRIES = frozenset(folded(line) for line in _COUNTRIES.split()) | {
    "united kingdom",
    "great britain",
    "united states",
    "reino unido",
}


def is_company(text: str) -> bool:
    """Tell whether a text has a suffix as companies have."""
    words = folded(text).replace(",", " ").split()
    return len(words) > 1 and (words[-1] in SUFFIXES or words[-1].replace(".", "") in SUFFIXES)


def is_given_name(text: str) -> bool:
    """Tell whether a text is a given name, or two of them."""
    words = folded(text).replace("-", " ").split()
    return 1 <= len(words) <= 2 and words[0] in GIVEN and all(word in GIVEN for word in words)  # noqa: PLR2004


def is_family_name(text: str) -> bool:
    """Tell whether a text is a family name: its last word, or the last of two with a hyphen."""
    words = folded(text).replace("-", " ").split()
    return 1 <= len(words) <= 3 and words[-1] in FAMILY and words[0] not in GIVEN - FAMILY  # noqa: PLR2004


def is_full_name(text: str) -> bool:
    """Tell whether a text is two to four words like names, of which the first or the last is a given name."""
    words = folded(text).replace(",", " ").replace("-", " ").split()
    if not 2 <= len(words) <= 5 or not all(word.replace(".", "").replace("'", "").isalpha() for word in words):  # noqa: PLR2004
        return False
    by_comma = "," in text
    return (words[-1] if by_comma else words[0]) in GIVEN and not is_company(text) and not is_given_name(text)
