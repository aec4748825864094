# The page that compares.

compare-heading = Compare
compare-about = How often something is spoken of, and by whom: any two dimensions of the collection in one table. Without words it shows all documents.
compare-words = Words to look for
compare-any = All documents
compare-rows = Rows
compare-cols = Columns
compare-measure = Numbers
compare-limit-rows = Rows at most
compare-limit-cols = Columns at most
compare-filters = Narrowed down to
compare-remove = Remove filter
compare-not = not { $what }
compare-from = from { $what }
compare-to = until { $what }
compare-problem = This table cannot be made
compare-nothing = Nothing found
compare-nothing-advice = No paragraph matches under these conditions. That says nothing of what was discussed: see under “What is here” which documents are held.
compare-without-words = The same table without the words
compare-summary =
    { $n ->
        [one] { $n } paragraph in { $what }
       *[other] { $n } paragraphs in { $what }
    }
compare-total = All
compare-held = Documents held
compare-few = few
compare-many = many
compare-best-of = Best paragraph: { $what }
compare-csv = The table as CSV, for spreadsheets
compare-api = The same as a call of the API
compare-relaxed = No paragraph has enough of the words: those with fewer of them are counted.
compare-expanded = Other names that were looked for too: { $what }.
compare-more-rows =
    { $n ->
        [one] { $n } more row is not shown.
       *[other] { $n } more rows are not shown.
    }
compare-more-columns =
    { $n ->
        [one] { $n } more column is not shown.
       *[other] { $n } more columns are not shown.
    }
compare-sums = A document can stand in several rows and columns, so the numbers do not add up to the totals. A cell counts paragraphs that match, or documents with such a paragraph; the search behind its number looks at whole documents and may find more.
compare-share = Of each 1,000 paragraphs of a cell, those that match: this corrects for how much is held of each. Small cells vary by chance.
compare-share-all = Without words every paragraph matches, so each share is 1,000 of 1,000. Type words to compare shares.
compare-partial = The answer took too much work and was cut short: the numbers are of what was seen.

measure-documents = Documents
measure-passages = Paragraphs
measure-share = Share (paragraphs of each 1,000)
