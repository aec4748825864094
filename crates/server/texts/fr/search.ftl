# La page d’une recherche, et ce que propose tout champ de recherche.

suggest-list = Suggestions
suggest-filter = filtre
suggest-document = document

search-title = Recherche
search-for = pour
search-filters = Filtres
search-apply = Appliquer
search-chips = Filtres actifs
search-remove = Retirer le filtre
search-clear = Retirer tous les filtres
search-not = Sans { $what }
search-one-document = Dans le document { $what }
search-no-value = Non indiqué
search-facet-mentions = Processus mentionné
search-facet-year = Année
search-facet-lang = Langue
search-facet-event = Réunion
search-all-values = Afficher les { $n } ({ $what })
search-fewer = Afficher moins ({ $what })
search-find = Chercher dans { $what }
search-no-values = Aucune valeur ne porte ce nom.
search-without-year = Sans année
search-all-years = Toutes les années
search-from = De
search-to = À
search-year-from = À partir de { $what }
search-year-to = Jusqu’à { $what }
search-date-from = À partir du { $what }
search-date-to = Jusqu’au { $what }
search-added-since = Ajoutés depuis { $what }
search-match = Mots qui doivent figurer
search-match-most = La plupart
search-match-all = Tous
search-match-any = L’un d’eux

search-nothing = Aucun résultat
search-results =
    { $n ->
        [one] { $n } résultat
       *[other] { $n } résultats
    }
search-paragraphs =
    { $n ->
        [one] { $n } paragraphe dans { $what }
       *[other] { $n } paragraphes dans { $what }
    }
search-partial = Cette recherche demandait plus de travail qu’il n’est permis : il peut y avoir d’autres résultats, et les nombres peuvent être plus élevés.
search-unit = Afficher
search-unit-documents = Documents
search-unit-passages = Paragraphes
search-sort = Trier par
search-sort-relevance = Pertinence
search-sort-newest = Plus récents
search-sort-oldest = Plus anciens
search-sort-title = Titre
search-sort-added = Derniers ajouts

search-relaxed =
    { $n ->
        [one] Aucun document ne contient les { $what } mots. Ceux-ci en contiennent au moins { $n }.
       *[other] Aucun document ne contient les { $what } mots. Ceux-ci en contiennent au moins { $n }.
    }
search-all-words =
    { $n ->
        [one] Seulement le { $n } résultat avec tous les mots
       *[other] Seulement les { $n } résultats avec tous les mots
    }
search-showing-results-for = Résultats pour
search-instead-of = au lieu de
search-as-typed = Chercher tel quel
search-did-you-mean = Vouliez-vous dire
search-only = Seulement
search-expansions =
    { $n ->
        [one] { $n } autre nom a aussi été cherché
       *[other] { $n } autres noms ont aussi été cherchés
    }
search-documents-alone =
    { $n ->
        [0] aucun document par lui seul
        [one] { $n } document par lui seul
       *[other] { $n } documents par lui seul
    }
search-leave-out = Exclure
search-expand-off = Chercher sans autres noms
search-expanding-is-off = Les autres noms de ce que vous avez saisi ne sont pas cherchés.
search-expand-on = Les chercher aussi
search-left-out = Exclus :
search-put-back = inclure de nouveau
search-warning-unclosed-quote = Ce guillemet n’est jamais fermé : l’expression a été lue jusqu’à la fin.
search-warning-empty-quote = Il n’y a aucun mot entre ces guillemets.
search-warning-parentheses = Ces parenthèses ne correspondent pas ou sont vides ; elles ont été ignorées.
search-warning-operator = Cet opérateur n’a rien à relier.
search-warning-field = Ce champ n’a pas de valeur.
search-warning-value = Cette valeur n’existe pas ; les mots ont été cherchés à la place.
search-warning-years = L’année la plus récente vient en premier : les deux ont été échangées.
search-warning-long = La requête est trop longue ou trop complexe : cette partie a été ignorée.
search-warning-broad = Trop de mots commencent ainsi : seuls certains ont été cherchés.
search-warning-nothing = Il n’y a aucun mot à chercher.
search-warning-exclusions = La requête dit seulement ce qu’il faut exclure.

search-tick = Choisir : { $what }
search-page = p. { $what }
search-all-passages =
    { $n ->
        [one] { $n } paragraphe correspondant de ce document
       *[other] Les { $n } paragraphes correspondants de ce document
    }
search-cite = Citer
search-cite-document = Citer le document
search-copy = Copier
search-copied = Copié

search-pages = Pages de résultats
search-page-number = Page { $what }
search-previous = Précédent
search-next = Suivant

search-ways-out = Ces recherches donnent des résultats :
search-without-filter = Sans « { $what } »
search-without-filters = Sans aucun filtre
search-any-word = Avec l’un des mots
search-nothing-held = Aucun document consultable ici ne contient ces mots. Il en existe peut-être ailleurs.
search-other-words = Essayez moins de mots ou d’autres, une autre graphie, ou le nom d’un processus ou d’un thème.
search-coverage =
    { $n ->
        [one] La recherche porte sur { $n } document.
       *[other] La recherche porte sur { $n } documents.
    }
search-not-searchable =
    { $n ->
        [one] { $n } autre est conservé, mais son texte ne peut pas être lu.
       *[other] { $n } autres sont conservés, mais leur texte ne peut pas être lu.
    }
search-what-is-here = Ce qui s’y trouve, et ce qui manque

search-uses = Utiliser ces résultats
search-picked-documents = Ce que vous cochez ci-dessus ; si rien n’est coché, tous les résultats.
search-picked-passages = Cochez des paragraphes ci-dessus pour les citer ensemble.
search-format = Format
search-export = Exporter
search-cite-picked = Citer ce qui est coché
search-export-all = Exporter tous les résultats :
search-follow = Suivre cette recherche :
search-atom = Flux Atom
search-json-feed = Flux JSON
search-compare = Comparer ces résultats par année
search-call = Afficher cette recherche comme appel d’API

search-problem-advice = Cette recherche ne peut pas être lue telle quelle. Corrigez-la et cherchez à nouveau.
search-again = Recommencer
