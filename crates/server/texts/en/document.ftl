# The page of a document.

document-cite = How to cite it
document-cite-passage = Cite
document-text = Text
document-contents = Contents
document-data = All facts for programs (JSON)
document-original = Original file ({ $what })
document-pages =
    { $n ->
        [one] { $n } page
       *[other] { $n } pages
    }
document-published = Where it was published
document-page = p. { $n }
document-table = Table, { $what }
document-no-text = No text could be read in this document: it may be a scan. What is known of it stands below.
document-long =
    { $n ->
        [one] A long document of { $n } paragraph, shown in parts.
       *[other] A long document of { $n } paragraphs, shown in parts.
    }
document-parts = Parts of this document
document-part = Part { $n }

document-matches =
    { $n ->
        [0] No paragraph with “{ $what }”
        [one] { $n } paragraph with “{ $what }”
       *[other] { $n } paragraphs with “{ $what }”
    }
document-first = To the first one
document-unmarked = Show the document without marks
document-listed = List of these paragraphs
document-more-matches =
    { $n ->
        [one] And { $n } more: go from one to the next in the text.
       *[other] And { $n } more: go from one to the next in the text.
    }
document-previous = Previous match
document-next = Next match
document-match-of = {"{"}at{"}"} of {"{"}all{"}"}

document-facts = What is known of it, and from where
document-sources = Where this comes from
document-versions = Other languages
document-copies = The same text in another file
document-event = From the same event
document-similar = Similar documents
document-why = Shares:

fact-title = Title
fact-type = Type
fact-process = Process
fact-event = Event
fact-date = Date
fact-year = Year
fact-place = Place
fact-languages = Languages
fact-themes = Themes
fact-regions = Regions
fact-countries = Countries it speaks of
fact-mentions = Processes and bodies it speaks of
fact-file = File

origin-curated = from a curator
origin-file = from the properties of the file
origin-text = read in the text
origin-implied = follows from other facts
origin-path = from the name of the file
