# The first page.

home-title = What regional migration dialogues have said
home-examples = For example:
home-example-words = consular protection of migrant workers
home-example-phrase = "labour migration" agreements
home-example-field = trafficking year:2005..2012
home-documents =
    { $n ->
        [one] document
       *[other] documents
    }
home-of-processes =
    { $n ->
        [one] process
       *[other] processes
    }
home-languages =
    { $n ->
        [one] language
       *[other] languages
    }
home-years = years
home-processes = Processes
home-all-processes = All processes
home-themes = Themes
home-all-themes = All themes
home-latest = Added last
home-all-latest = All documents, the last added first
