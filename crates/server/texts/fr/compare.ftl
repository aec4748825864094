# La page qui compare.

compare-heading = Comparer
compare-about = Combien de fois un sujet est abordé, et par qui : deux dimensions quelconques de la collection en un tableau. Sans mots, tous les documents sont comptés.
compare-words = Mots recherchés
compare-any = Tous les documents
compare-rows = Lignes
compare-cols = Colonnes
compare-measure = Nombres
compare-limit-rows = Lignes au plus
compare-limit-cols = Colonnes au plus
compare-filters = Limité à
compare-remove = Retirer le filtre
compare-not = sans { $what }
compare-from = à partir de { $what }
compare-to = jusqu’à { $what }
compare-problem = Ce tableau ne peut pas être établi
compare-nothing = Rien n’a été trouvé
compare-nothing-advice = Aucun paragraphe ne remplit ces conditions. Cela ne dit rien de ce qui a été débattu : voyez sous « Contenu » quels documents sont disponibles.
compare-without-words = Le même tableau sans les mots
compare-summary =
    { $n ->
        [one] { $n } paragraphe dans { $what }
       *[other] { $n } paragraphes dans { $what }
    }
compare-total = Tout
compare-held = Documents disponibles
compare-few = peu
compare-many = beaucoup
compare-best-of = Meilleur paragraphe : { $what }
compare-csv = Le tableau en CSV, pour tableurs
compare-api = La même chose comme appel de l’API
compare-relaxed = Aucun paragraphe ne contient assez de mots : ceux qui en contiennent moins sont comptés.
compare-expanded = Autres noms également recherchés : { $what }.
compare-more-rows =
    { $n ->
        [one] { $n } autre ligne n’est pas affichée.
       *[other] { $n } autres lignes ne sont pas affichées.
    }
compare-more-columns =
    { $n ->
        [one] { $n } autre colonne n’est pas affichée.
       *[other] { $n } autres colonnes ne sont pas affichées.
    }
compare-sums = Un document peut figurer dans plusieurs lignes et colonnes : la somme des nombres n’est donc pas le total. Une case compte les paragraphes trouvés, ou les documents qui en contiennent un ; la recherche à laquelle mène son nombre porte sur des documents entiers et peut en trouver davantage.
compare-share = Sur 1 000 paragraphes d’une case, ceux qui correspondent : cela corrige les différences de volume. Les petites cases varient au hasard.
compare-share-all = Sans mots, tous les paragraphes correspondent et chaque part est de 1 000 sur 1 000. Saisissez des mots pour comparer des parts.
compare-partial = La réponse demandait trop de travail et a été interrompue : les nombres portent sur ce qui a été vu.

measure-documents = Documents
measure-passages = Paragraphes
measure-share = Part (paragraphes sur 1 000)
