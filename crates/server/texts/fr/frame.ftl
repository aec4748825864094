# Ce que disent toutes les pages.

skip = Aller au contenu
nav = Parties de ce site
nav-search = Rechercher
nav-processes = Processus
nav-themes = Thèmes
nav-compare = Comparer
nav-coverage = Contenu
languages = Langue de ce site
help = Aide
api = Pour les programmes (API)

search-site = Rechercher dans les documents
search-words = Mots, noms ou « expression exacte »
search-button = Rechercher

home-purpose =
    Recherche plein texte dans les documents des processus consultatifs régionaux sur la migration : rapports de
    réunions, notes conceptuelles, déclarations et plans d’action. Chaque résultat montre les paragraphes trouvés, prêts
    à être cités.

language-en = Anglais
language-es = Espagnol
language-fr = Français
language-unknown = inconnue

results-documents =
    { $n ->
        [one] { $n } document
       *[other] { $n } documents
    }

problem-400 = La demande ne peut pas être lue
problem-400-advice = Quelque chose dans l’adresse n’est pas comme il faut. Corrigez-la ou commencez une nouvelle recherche.
problem-404 = Il n’y a rien à cette adresse
problem-404-advice = Le document a peut-être été retiré ou renommé. Cherchez son titre ou des mots de son texte.
problem-410 = Ces résultats ne sont plus là
problem-410-advice = La collection a changé depuis. Recommencez la recherche.
problem-429 = Trop de demandes
problem-429-advice = Attendez un moment, puis rechargez la page.
problem-503 = Le serveur est occupé
problem-503-advice = Attendez un moment, puis rechargez la page.
problem-500 = Le serveur a échoué
problem-500-advice = Réessayez dans un moment. Si cela se répète, prévenez les responsables de ce site en donnant le numéro ci-dessous.
problem-other = La demande a été refusée
problem-other-advice = Commencez une nouvelle recherche ou allez à la première page.
problem-id = Numéro de la demande : { $what }
problem-home = Aller à la première page
