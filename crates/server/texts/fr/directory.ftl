# Répertoires, pages des notions et des réunions, et ce que contient le site.

processes-about = Processus consultatifs sur la migration et organes connexes : qui y participe, depuis quand, et combien de leurs documents peuvent être consultés ici.
processes-other = Autres
themes-about = Les thèmes de la politique migratoire selon lesquels les documents sont classés, avec le nombre de documents qui traitent de chacun.
regions = Régions
regions-about = Les régions telles que les processus les emploient, avec les documents des processus de chacune.
countries = Pays
countries-about = Pays et territoires, avec les documents qui parlent de chacun.
directory-find = Trouver un nom
directory-show = Afficher
directory-found =
    { $n ->
        [0] Rien ne s’appelle ici « { $what } ».
        [one] { $n } nom pour « { $what } »
       *[other] { $n } noms pour « { $what } »
    }
column-name = Nom
column-documents = Documents
held-nothing = aucun document

by-rcp = Processus
by-mentions = Processus mentionné
by-theme = Thème
by-region = Région
by-country = Pays
by-type = Type de document
by-process-type = Type de processus
by-year = Année
by-lang = Langue
by-event = Réunion

unknown-title = « { $what } » n’existe pas
unknown-nearest = Vouliez-vous dire :

years-heading = Documents par année

concept-feed = Nouveaux documents : { $what }
concept-documents = Documents
concept-nothing = Aucun document n’est disponible ici. Cela ne signifie pas qu’il n’y en ait pas ailleurs.
concept-held =
    { $n ->
        [one] { $n } document peut être consulté.
       *[other] { $n } documents peuvent être consultés.
    }
concept-search = Rechercher dans ces documents
concept-latest = Documents les plus récents
concept-all = Tous les documents
concept-compare = Comparer au fil des ans
concept-atom = Fil des nouveaux documents
concept-mentioned =
    { $n ->
        [one] Mentionné dans { $n } document d’autres sources
       *[other] Mentionné dans { $n } documents d’autres sources
    }
concept-meetings = Réunions
concept-narrower = Plus précis
concept-facts = Données
concept-names = Noms
concept-former = Anciens noms
concept-aliases = Autres appellations
concept-searched-by = Noms recherchés
concept-doubts = Ce qui n’est pas certain
concept-doubts-about = Ces points n’ont pas pu être confirmés :
concept-notes = Notes
concept-sources = Sources

fact-kind = Type
fact-region = Région
fact-founded = Création
fact-years = Années d’activité
fact-status = Situation
fact-members = Membres
fact-member-count = Nombre de membres selon d’autres sources
fact-observers = Observateurs
fact-observer-organizations = Organisations observatrices
fact-secretariat = Secrétariat
fact-website = Site web
fact-related = Processus liés
fact-covers = Pays
fact-iso3 = Code ISO
fact-m49 = Code M49 de l’ONU
fact-gcm = Objectifs du Pacte mondial sur les migrations

status-active = actif
status-inactive = inactif
status-uncertain = incertaine
status-unverified = non vérifiée

event-series = Série
event-number = Numéro
event-date = Date
event-place = Lieu
event-search = Rechercher dans les documents de cette réunion
event-around = Réunions précédente et suivante
event-previous = Réunion précédente
event-next = Réunion suivante

coverage-about = Ce qui peut être recherché ici, et ce qui ne le peut pas. Une recherche sans résultat peut signifier seulement qu’aucun document n’est disponible.
coverage-documents = Documents disponibles
coverage-searchable = Avec texte
coverage-without-text = Sans texte
coverage-passages = Paragraphes
coverage-changed = Dernière modification
coverage-version = Version de l’index : { $what }
coverage-missing = inconnu
coverage-gaps = Ce qui manque
coverage-gaps-about = La collection contient ce qui a été réuni, non tout ce qui a été écrit. Les nombres par année, processus ou langue renseignent autant sur la collection que sur les processus.
coverage-empty-years = Années sans document
coverage-nothing-of = Processus sans document
coverage-processes =
    { $n ->
        [one] { $n } processus
       *[other] { $n } processus
    }
coverage-unsearchable = Fichiers dans lesquels on ne peut pas rechercher
coverage-all-searchable = On peut rechercher dans le texte de tous les fichiers.
coverage-file = Fichier
coverage-why = Raison
coverage-scan = sans texte : document numérisé
coverage-failed = n’a pas pu être lu
coverage-api = La même chose pour les programmes (JSON)
