# The page of a search, and what every search box offers.

suggest-list = Suggestions
suggest-filter = filter
suggest-document = document

search-title = Search
search-for = for
search-filters = Filters
search-apply = Apply
search-chips = Filters in force
search-remove = Remove filter
search-clear = Clear all filters
search-not = Not { $what }
search-one-document = In the document { $what }
search-no-value = Not stated
search-facet-mentions = Process mentioned
search-facet-year = Year
search-facet-lang = Language
search-facet-event = Meeting
search-all-values = Show all { $n } ({ $what })
search-fewer = Show fewer ({ $what })
search-find = Find in { $what }
search-no-values = No value has such a name.
search-without-year = Without a year
search-all-years = All years
search-from = From
search-to = To
search-year-from = From { $what }
search-year-to = To { $what }
search-date-from = From { $what }
search-date-to = To { $what }
search-added-since = Added since { $what }
search-match = Words that must match
search-match-most = Most of them
search-match-all = All of them
search-match-any = Any of them

search-nothing = Nothing found
search-results =
    { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
search-paragraphs =
    { $n ->
        [one] { $n } paragraph in { $what }
       *[other] { $n } paragraphs in { $what }
    }
search-partial = This search needed more work than one search may cause: there may be more results, and the counts may be higher.
search-unit = Show
search-unit-documents = Documents
search-unit-passages = Paragraphs
search-sort = Sort by
search-sort-relevance = Relevance
search-sort-newest = Newest
search-sort-oldest = Oldest
search-sort-title = Title
search-sort-added = Added last

search-relaxed =
    { $n ->
        [one] No document has all { $what } words. These have at least { $n } of them.
       *[other] No document has all { $what } words. These have at least { $n } of them.
    }
search-all-words =
    { $n ->
        [one] Only the { $n } result with all words
       *[other] Only the { $n } results with all words
    }
search-showing-results-for = Showing results for
search-instead-of = instead of
search-as-typed = Search as typed
search-did-you-mean = Did you mean
search-only = Only
search-expansions =
    { $n ->
        [one] { $n } other name was searched for too
       *[other] { $n } other names were searched for too
    }
search-documents-alone =
    { $n ->
        [0] no document by it alone
        [one] { $n } document by it alone
       *[other] { $n } documents by it alone
    }
search-leave-out = Leave out
search-expand-off = Search without other names
search-expanding-is-off = Other names of what you typed are not searched for.
search-expand-on = Search for them too
search-left-out = Left out:
search-put-back = put back
search-warning-unclosed-quote = This quotation mark is never closed: the phrase was read to the end.
search-warning-empty-quote = There is no word between these quotation marks.
search-warning-parentheses = These parentheses do not match, or hold nothing; they were left out.
search-warning-operator = This operator has nothing to join.
search-warning-field = This field has no value.
search-warning-value = There is no such value; the words were searched for instead.
search-warning-years = The later year stands first: the two were exchanged.
search-warning-long = The query is too long or too deep: this part was left out.
search-warning-broad = Too many words begin so: only some of them were searched for.
search-warning-nothing = There is no word to search for.
search-warning-exclusions = The query only says what to leave out.

search-tick = Choose: { $what }
search-page = p. { $what }
search-all-passages =
    { $n ->
        [one] { $n } matching paragraph of this document
       *[other] All { $n } matching paragraphs of this document
    }
search-cite = Cite
search-cite-document = Cite the document
search-copy = Copy
search-copied = Copied

search-pages = Pages of results
search-page-number = Page { $what }
search-previous = Previous
search-next = Next

search-ways-out = These searches find something:
search-without-filter = Without “{ $what }”
search-without-filters = Without any filter
search-any-word = With any of the words
search-nothing-held = No document that can be searched here has these words. It may still exist elsewhere.
search-other-words = Try fewer or other words, another spelling, or the name of a process or theme.
search-coverage =
    { $n ->
        [one] { $n } document is searched here.
       *[other] { $n } documents are searched here.
    }
search-not-searchable =
    { $n ->
        [one] { $n } more is held, but its text cannot be read.
       *[other] { $n } more are held, but their text cannot be read.
    }
search-what-is-here = What is here, and what is not

search-uses = Use these results
search-picked-documents = What you tick above; without a tick, all results.
search-picked-passages = Tick paragraphs above to cite them together.
search-format = Format
search-export = Export
search-cite-picked = Cite what is ticked
search-export-all = Export all results:
search-follow = Follow this search:
search-atom = Atom feed
search-json-feed = JSON feed
search-compare = Compare these results over years
search-call = Show this search as an API call

search-problem-advice = This search cannot be read as it is. Correct it and search again.
search-again = Begin again
