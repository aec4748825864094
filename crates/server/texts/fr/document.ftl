# La page d’un document.

document-cite = Comment le citer
document-cite-passage = Citer
document-text = Texte
document-contents = Sommaire
document-data = Toutes les données pour les programmes (JSON)
document-original = Fichier original ({ $what })
document-pages =
    { $n ->
        [one] { $n } page
       *[other] { $n } pages
    }
document-published = Lieu de publication en ligne
document-page = p. { $n }
document-table = Tableau, { $what }
document-no-text = Aucun texte n’a pu être lu dans ce document : il s’agit peut-être d’un document numérisé. Ce que l’on en sait figure ci-dessous.
document-long =
    { $n ->
        [one] Document long de { $n } paragraphe, affiché par parties.
       *[other] Document long de { $n } paragraphes, affiché par parties.
    }
document-parts = Parties de ce document
document-part = Partie { $n }

document-matches =
    { $n ->
        [0] Aucun paragraphe avec « { $what } »
        [one] { $n } paragraphe avec « { $what } »
       *[other] { $n } paragraphes avec « { $what } »
    }
document-first = Aller au premier
document-unmarked = Afficher le document sans marques
document-listed = Liste de ces paragraphes
document-more-matches =
    { $n ->
        [one] Et { $n } autre : dans le texte, passez de l’un au suivant.
       *[other] Et { $n } autres : dans le texte, passez de l’un au suivant.
    }
document-previous = Occurrence précédente
document-next = Occurrence suivante
document-match-of = {"{"}at{"}"} sur {"{"}all{"}"}

document-facts = Ce que l’on en sait, et d’où cela vient
document-sources = D’où cela vient
document-versions = Autres langues
document-copies = Le même texte dans un autre fichier
document-event = Du même événement
document-similar = Documents semblables
document-why = En commun :

fact-title = Titre
fact-type = Type
fact-process = Processus
fact-event = Événement
fact-date = Date
fact-year = Année
fact-place = Lieu
fact-languages = Langues
fact-themes = Thèmes
fact-regions = Régions
fact-countries = Pays mentionnés
fact-mentions = Processus et organismes mentionnés
fact-file = Fichier

origin-curated = indiqué par un documentaliste
origin-file = tiré des propriétés du fichier
origin-text = lu dans le texte
origin-implied = découle d’autres données
origin-path = tiré du nom du fichier
