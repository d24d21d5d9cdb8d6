"""French headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adresse; Adresse 1; Adresse 2; Adresse postale; Ligne d'adresse 1; Ligne d'adresse 2; Complément d'adresse; Rue; N° de
rue; Numéro de rue; Adresse de facturation; Adresse de livraison; Adresse de l'entreprise; Adresse du domicile;
Adresse professionnelle; Adresse personnelle; Ville; Commune; Code postal; CP; CP/Ville; Boîte postale; BP; Cedex;
Département; Région; État; État/Région; Dép/Région; Province; Canton; Pays; Pays/Région; Code pays; Langue; Fuseau
horaire; Emplacement; Lieu; Rue (bureau); Rue (bureau) 2; Rue (bureau) 3; Ville (bureau); Dép/Région (bureau); Code
postal (bureau); Pays/Région (bureau); Rue (domicile); Ville (domicile); Dép/Région (domicile); Code postal
(domicile); Pays/Région (domicile); Rue (autre); Ville (autre); Dép/Région (autre); Code postal (autre); Pays (autre);
Pays/Région (autre); Titre; Civilité; Titre de civilité; Formule de politesse; Fonction; Poste; Intitulé du poste;
Titre du poste; Intitulé de poste; Rôle; Service; Profession; Métier; Suffixe; Préfixe; Initiales; Deuxième prénom;
Second prénom; Autres prénoms; Surnom; Pseudo; Nom de jeune fille; Nom de naissance; Nom affiché; Nom d'affichage; Nom
complet de l'adresse de messagerie; Nom complet de l'adresse de messagerie 2; Nom complet de l'adresse de messagerie
3; Nom complet de l'adresse de courrier; Nom d'utilisateur; Identifiant de connexion; Mot de passe; Anniversaire; Date
de naissance; Lieu de naissance; Âge; Sexe; Genre; Conjoint; Conjoint(e); Enfants; Responsable hiérarchique; Nom du
responsable; Supérieur; Assistant; Assistant(e); Nom de l'assistant(e); Passe-temps; Loisirs; Centres d'intérêt;
Situation familiale; État civil; Photo; Image; Fax; Télécopie; Numéro de fax; Télécopie (bureau); Télécopie
(domicile); Télécopie (autre); Récepteur de radiomessagerie; Télex; RNIS; Rappel; Poste téléphonique; Extension;
Téléphone TDD/TTY; Site web; Site internet; Site; Page web; URL; URL du site web; Adresse du site; Domaine; Nom de
domaine; Lien; LinkedIn; Facebook; Twitter; Instagram; Skype; Réseaux sociaux; Type de messagerie; Type de messagerie
2; Type de messagerie 3; Type de courrier; Type d'e-mail; Statut de l'e-mail; Newsletter; Lettre d'information;
Désabonné; Désinscrit; Désinscription; Désinscrit de tous les e-mails; Abonné; Inscrit; Consentement; Consentement
RGPD; RGPD; Opt-in; Opt-out; Ne pas appeler; Ne pas contacter; Ne pas envoyer d'e-mails; Statut; Statut du lead;
Statut du prospect; Statut client; Statut marketing du contact; Statut de contact marketing; Raison du statut; État;
Phase; Phase du cycle de vie; Cycle de vie; Étape; Étape du cycle de vie; Étape de vente; Évaluation; Note
(évaluation); Score; Score du lead; Priorité; Importance; Critère de diffusion; Catégorie; Catégories; Étiquette;
Étiquettes; Libellé; Libellés; Tags; Mots clés; Segment; Groupe; Groupes; Groupe de clients; Liste; Type; Type de
contact; Type de client; Secteur; Secteur d'activité; Activité; Branche; Code NAF; Code APE; NAF; APE; Effectif;
Effectifs; Employés; Nombre d'employés; Nombre de salariés; Salariés; Taille; Taille de l'entreprise; Chiffre
d'affaires; CA; CA annuel; Chiffre d'affaires annuel; Revenu; Revenu annuel; Bénéfice; Budget; Montant; Valeur; Prix;
Tarif; Devise; Remise; Probabilité; Quantité; Nombre; Total; Numéro; N°; Affaire; Opportunité; Transaction; Produit;
Produits; Facture; Numéro de facture; Commande; Numéro de commande; Contrat; Devis; Projet; Dossier; Tâche;
Rendez-vous; RDV; Visite; Campagne; Campagne source; Détails de la source; Détail de la source; Source la plus
récente; Dernière source; Date; Heure; Année; Mois; Créé le; Créé par; Date de création; Modifié le; Modifié par; Date
de modification; Dernière modification; Dernière modification par; Mis à jour; Mis à jour le; Date de mise à jour;
Dernière mise à jour; Dernière activité; Date de dernière activité; Date de la dernière activité; Dernier contact;
Dernière prise de contact; Date du dernier contact; Dernière visite; Prochaine activité; Prochaine étape; Prochain
contact; Relance; Date de relance; Suivi; Premier contact; Date de clôture; Date de fermeture; Date de début; Date de
fin; Échéance; Date d'expiration; Client depuis; Actif; Inactif; Supprimé; Converti; Raison; Motif; ID du
propriétaire; ID propriétaire; Propriétaire de l'entreprise; Dirigeant; Gérant; Équipe; ID de l'entreprise; ID
entreprise; ID société; Société mère; Entreprise parente; Maison mère; Groupe parent; Compte; Numéro de compte; IBAN;
BIC; Banque; Conditions de paiement; Limite de crédit; Message; Objet; Sujet; Rubrique; Réponse; Utilisateur 1;
Utilisateur 2; Utilisateur 3; Utilisateur 4; Informations facturation; Kilométrage; Serveur d'annuaire; Code
gouvernement; Bureau; Référence; Votre référence; Notre référence; Pièce jointe; Forme juridique; Capital; Privé;
Disponibilité Internet
"""

FRENCH = Language(
    "fr",
    "French",
    {
        Concept.KEEN_ID: """ID Keen; Identifiant Keen; ID du lead Keen; ID lead Keen; ID KeenPartner; ID du lead
            (Keen); ID dans Keen; Identifiant du lead Keen; Keen ID""",
        Concept.KEEN_LEGACY_ID: """Ancien ID Keen; Ancien identifiant Keen; ID Keen (ancien); ID hérité Keen; ID
            historique Keen; Identifiant Keen (ancien); ID legacy Keen""",
        Concept.EMAIL: """E-mail; Email; Mail; Courriel; Adresse e-mail; Adresse email; Adresse mail; Adresse de
            messagerie; Messagerie; Courrier électronique; Adresse électronique; Adresse de courrier; Adresse de
            courriel; E-mail principal; Email principal; Adresse e-mail principale; E-mail professionnel; Email
            professionnel; Email pro; Mail pro; Adresse e-mail professionnelle; E-mail (professionnel); E-mail
            personnel; Email personnel; E-mail (personnel); Mail perso; E-mail du contact; Email du contact; Mél""",
        Concept.OTHER_EMAIL: """Adresse de messagerie 2; Adresse de messagerie 3; Adresse de courrier 2; Adresse de
            courrier 3; E-mail 2; Email 2; E-mail 3; Adresse e-mail 2; Autre e-mail; Autre email; E-mail secondaire;
            Email secondaire; E-mail de facturation; E-mail de l'entreprise; Email de l'entreprise; Autre adresse
            e-mail; Adresses e-mail supplémentaires; Deuxième e-mail; Mail 2""",
        Concept.FIRST_NAME: "Prénom; Prénoms; Prénom(s); Prénom du contact; Prénom contact; Prénom du client",
        Concept.LAST_NAME: """Nom de famille; Nom du contact (famille); Patronyme; Nom patronymique; Nom usuel;
            Nom d'usage""",
        Concept.FULL_NAME: """Nom complet; Nom et prénom; Prénom et nom; Nom prénom; Prénom nom; Nom du contact; Nom
            contact; Nom de la personne; Nom du lead; Nom & prénom; Nom, prénom; Nom du prospect; Noms et prénoms""",
        Concept.PHONE: """Téléphone; Numéro de téléphone; N° de téléphone; N° téléphone; N° tél; Tél.; Tél; Tel;
            Téléphone principal; Numéro de téléphone principal; Téléphone fixe; Fixe; Téléphone 1; Num téléphone;
            Téléphone du contact; Numéro téléphone; Ligne fixe""",
        Concept.WORK_PHONE: """Téléphone (bureau); Téléphone bureau; Téléphone professionnel; Tél. professionnel;
            Tél. bureau; Téléphone pro; Tél pro; Téléphone (travail); Numéro de téléphone professionnel; Ligne
            directe; Téléphone (pro); Téléphone (professionnel); Téléphone direct; Téléphone du bureau; Téléphone
            travail""",
        Concept.MOBILE_PHONE: """Mobile; Portable; Téléphone mobile; Téléphone portable; Tél. mobile; Tél. portable;
            Numéro de portable; Numéro de mobile; Numéro de téléphone mobile; Numéro de téléphone portable; GSM; N°
            portable; N° mobile; Téléphone (mobile); Mobile professionnel; Mobile personnel; Cellulaire""",
        Concept.HOME_PHONE: """Téléphone (domicile); Téléphone domicile; Téléphone personnel; Tél. domicile;
            Téléphone privé; Tél. personnel; Téléphone (personnel); Téléphone du domicile""",
        Concept.OTHER_PHONE: """Téléphone (autre); Autre téléphone; Téléphone 2; Téléphone 2 (bureau); Téléphone 2
            (domicile); Téléphone société; Téléphone de la société; Téléphone de l'entreprise; Numéro de téléphone
            de l'entreprise; Téléphone de l'assistant(e); Téléphone de l'assistant; Téléphone (voiture);
            Radiotéléphone; Standard; Téléphone secondaire; Autre numéro de téléphone; Mobile 2; Téléphone
            entreprise; Standard téléphonique""",
        Concept.COMPANY: """Entreprise; Nom de l'entreprise; Nom entreprise; Société; Nom de la société; Nom
            société; Raison sociale; Organisation; Nom de l'organisation; Compagnie; Nom de la compagnie; Employeur;
            Nom du compte; Entreprise associée; Établissement; Dénomination sociale; Dénomination; Firme; Nom de
            compte; Nom commercial; Structure; Organisme""",
        Concept.SOURCE: """Source; Origine; Source du lead; Source du prospect; Origine du lead; Origine du
            prospect; Source d'origine; Source originale; Source du contact; Origine du contact; Provenance; Source
            de trafic d'origine; Source initiale; Source de la piste; Source de piste""",
        Concept.OWNER: """Propriétaire; Propriétaire du contact; Propriétaire du lead; Propriétaire du prospect; Nom
            du propriétaire; Responsable; Commercial; Commerciale; Commercial responsable; Commercial en charge;
            Chargé de clientèle; Chargé d'affaires; Responsable commercial; Gestionnaire; Attribué à; Assigné à;
            Affecté à; Employé référent; Salarié référent; Référent; Employé responsable; Conseiller; Collaborateur;
            Vendeur; Agent; Représentant; Suivi par; Géré par; Interlocuteur interne; Propriétaire de contact""",
        Concept.NOTES: """Notes; Note; Remarque; Remarques; Commentaire; Commentaires; Observations; Observation;
            Notes internes; Commentaires internes; Mémo; Annotation; Annotations; Texte libre""",
        Concept.DESCRIPTION: "Description; Description du lead; Détails; Informations; Infos; Info; Contexte",
        Concept.REGISTER_NUMBER: """SIREN; SIRET; N° SIREN; N° SIRET; Numéro SIREN; Numéro SIRET; Numéro de SIRET;
            Numéro d'entreprise; N° d'entreprise; RCS; Numéro d'immatriculation; Registre du commerce; Numéro
            d'identification; BCE; Numéro BCE; N° SIRET/SIREN; Code SIREN; Code SIRET""",
        Concept.VAT_NUMBER: """TVA; Numéro de TVA; N° TVA; N° de TVA; TVA intracommunautaire; Numéro de TVA
            intracommunautaire; N° TVA intracommunautaire; N° TVA intracom; Code TVA; Identifiant TVA""",
        Concept.RECORD_ID: """ID du contact; ID contact; ID de fiche; ID de fiche d'information; ID de
            l'enregistrement; ID d'enregistrement; ID du lead; ID du prospect; Identifiant; ID; ID personne;
            Identifiant du contact; ID unique; Identifiant unique; ID CRM; N° de contact""",
        Concept.OTHER: _OTHER,
    },
    names="Nom; Noms",
    parts={
        Part.EMAIL: """email; mail; courriel; messagerie; e mail; courrier électronique; adresse électronique;
            courriels; emails; mails; mel""",
        Part.PHONE: "téléphone; tél; tel; téléphonique; fixe; téléphones",
        Part.MOBILE: "mobile; portable; gsm; cellulaire",
        Part.NAME: "nom; noms",
        Part.COMPANY: """entreprise; société; organisation; compagnie; établissement; raison sociale; employeur;
            firme; compte""",
        Part.PERSON: "contact; lead; prospect; personne; piste; contacts; interlocuteur",
        Part.CUSTOMER: "client; clients; cliente; membre; adhérent",
        Part.OWNER: """propriétaire; responsable; commercial; conseiller; gestionnaire; vendeur; collaborateur;
            référent; agent""",
        Part.SOURCE: "source; origine; provenance",
        Part.NOTES: "notes; note; remarque; remarques; commentaire; commentaires; observations; observation",
        Part.ID: "id; identifiant; identifiants; clé; code client",
        Part.NUMBER: "numéro; n; no; num; numéros; nº",
        Part.REGISTER: "siren; siret; rcs; bce",
        Part.VAT: "tva; intracommunautaire",
        Part.OLD: "ancien; ancienne; anciens; précédent; historique; hérité",
        Part.ADDRESS: "adresse; adresses",
        Part.DEAL: "affaire; opportunité; transaction",
        Part.WORK: "professionnel; professionnelle; pro; bureau; travail; direct; directe",
        Part.HOME: "domicile; personnel; personnelle; perso; privé; privée; maison",
        Part.MAIN: "principal; principale; préféré; préférée; défaut",
        Part.SECOND: """autre; autres; secondaire; deuxième; second; seconde; supplémentaire; supplémentaires;
            alternatif""",
        Part.FULL: "complet; complets; et prénom; et prénoms",
        Part.ODD: """assistant; assistante; conjoint; mère; parent; parente; facturation; jeune fille; affichage;
            affiché; utilisateur; voiture; radio; produit; campagne; fichier; livraison; projet; banque; équipe;
            deuxième prénom; supérieur; directeur; domaine; école; liste; standard; naissance""",
        Part.OTHER: """date; heure; type; statut; nombre; code; dernier; dernière; premier; première; prochain;
            prochaine; récente; récent; créé; modifié; mis à jour; consentement; newsletter; désabonné; désinscrit;
            détails; détail; ville; rue; pays; région; taille; ne pas; pas; depuis; par; score; phase; titre; poste;
            motif; raison; envoyé; ouvert; ouverts; envoyés; historique des; employés; salariés; chiffre; secteur;
            langue; site; lien; contacté; invalide; valide""",
        Part.FILLER: """de; du; des; la; le; les; l; d; et; à; au; aux; en; dans; pour; sur; votre; notre; un;
            une; valeur; champ; s; associé; associée; e""",
    },
    doubtful={
        "Nom": {Concept.FULL_NAME: 0.85, Concept.LAST_NAME: 0.7, Concept.COMPANY: 0.3, Concept.FIRST_NAME: 0.1},
        "Client": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Nom du client": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Nom client": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Contact": {Concept.FULL_NAME: 0.75},
        "Contact principal": {Concept.FULL_NAME: 0.75},
        "Personne de contact": {Concept.FULL_NAME: 0.85},
        "Interlocuteur": {Concept.FULL_NAME: 0.75},
        "Personne": {Concept.FULL_NAME: 0.7},
        "Nom usuel": {Concept.LAST_NAME: 0.8},
        "Nom d'usage": {Concept.LAST_NAME: 0.8},
        "Recommandé par": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Référé par": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Note": {Concept.NOTES: 0.85},
        "Standard": {Concept.OTHER_PHONE: 0.6},
        "Structure": {Concept.COMPANY: 0.65},
        "Fixe": {Concept.PHONE: 0.85},
        "Agent": {Concept.OWNER: 0.7},
        "Collaborateur": {Concept.OWNER: 0.7},
        "Référent": {Concept.OWNER: 0.75},
        "Numéro client": {Concept.RECORD_ID: 0.75},
        "Numéro de client": {Concept.RECORD_ID: 0.75},
        "N° client": {Concept.RECORD_ID: 0.75},
        "Code client": {Concept.RECORD_ID: 0.75},
        "ID client": {Concept.RECORD_ID: 0.75},
        "Numéro d'identification": {Concept.REGISTER_NUMBER: 0.6},
        "ID du lead": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Informations": {Concept.DESCRIPTION: 0.6},
        "Infos": {Concept.DESCRIPTION: 0.6},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Détails": {Concept.DESCRIPTION: 0.6},
    },
    locked="(Ne pas modifier); (Ne pas changer)",
)
