# The page of citations.

cite-title = Citations
cite-title-count =
    { $n ->
        [one] { $n } citation
       *[other] { $n } citations
    }
cite-missing =
    { $n ->
        [one] This is not here, or no longer:
       *[other] These are not here, or no longer:
    }
cite-forms = For reference managers
cite-copy = Copy
cite-copy-form = Copy { $what }
cite-copied = Copied
cite-download = Save as { $what }
cite-resolve = Find what a reference means
cite-reference = Reference
cite-hint = For example: GCIM–IOM Workshop 2005, para. 21. A citation, an address, or words of a title with year and paragraph.
cite-find = Find it
cite-one = It means this
cite-several =
    { $n ->
        [one] It may mean this
       *[other] It may mean one of these { $n }
    }
cite-none = Nothing here is meant by it
cite-none-advice = Every word of a reference has to stand in the title, event, place, date or process of a document. Leave out what may differ, or search for the words.
