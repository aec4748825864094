# La page des citations.

cite-title = Citations
cite-title-count =
    { $n ->
        [one] { $n } citation
       *[other] { $n } citations
    }
cite-missing =
    { $n ->
        [one] Ceci n’est pas ici, ou n’y est plus :
       *[other] Ceux-ci ne sont pas ici, ou n’y sont plus :
    }
cite-forms = Pour les logiciels de gestion bibliographique
cite-copy = Copier
cite-copy-form = Copier { $what }
cite-copied = Copié
cite-download = Enregistrer en { $what }
cite-resolve = Trouver ce que désigne une référence
cite-reference = Référence
cite-hint = Par exemple : GCIM–IOM Workshop 2005, para. 21. Une citation, une adresse, ou des mots d’un titre avec l’année et le paragraphe.
cite-find = Trouver
cite-one = Elle désigne ceci
cite-several =
    { $n ->
        [one] Elle désigne peut-être ceci
       *[other] Elle désigne peut-être l’un de ces { $n } textes
    }
cite-none = Rien ici n’y correspond
cite-none-advice = Chaque mot de la référence doit figurer dans le titre, l’événement, le lieu, la date ou le processus d’un document. Omettez ce qui peut varier, ou cherchez les mots.
