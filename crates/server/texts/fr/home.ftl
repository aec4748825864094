# La première page.

home-title = Ce qu’ont dit les dialogues régionaux sur la migration
home-examples = Par exemple :
home-example-words = protection consulaire des travailleurs migrants
home-example-phrase = "migration de main-d’œuvre" accords
home-example-field = traite year:2005..2012
home-documents =
    { $n ->
        [one] document
       *[other] documents
    }
home-of-processes =
    { $n ->
        [one] processus
       *[other] processus
    }
home-languages =
    { $n ->
        [one] langue
       *[other] langues
    }
home-years = années
home-processes = Processus
home-all-processes = Tous les processus
home-themes = Thèmes
home-all-themes = Tous les thèmes
home-latest = Derniers ajouts
home-all-latest = Tous les documents, les derniers ajoutés d’abord
