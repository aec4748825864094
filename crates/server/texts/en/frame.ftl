# What every page says.

skip = Skip to the content
nav = Parts of this site
nav-search = Search
nav-processes = Processes
nav-themes = Themes
nav-compare = Compare
nav-coverage = What is here
languages = Language of this site
help = Help
api = For programs (API)

search-site = Search the documents
search-words = Words, names or an "exact phrase"
search-button = Search

home-purpose =
    Full-text search over the documents of Regional Consultative Processes on Migration: meeting reports, concept notes,
    declarations and plans of action. Every hit shows the paragraphs that match, ready to be cited.

language-en = English
language-es = Spanish
language-fr = French
language-unknown = not known

results-documents =
    { $n ->
        [one] { $n } document
       *[other] { $n } documents
    }

problem-400 = The request cannot be read
problem-400-advice = Something in the address is not as it has to be. Correct it, or begin a new search.
problem-404 = There is nothing at this address
problem-404-advice = The document may have been withdrawn or renamed. Search for its title, or for words in it.
problem-410 = These results are no longer there
problem-410-advice = The collection has changed since. Begin the search again.
problem-429 = Too many requests
problem-429-advice = Wait a moment, then load the page again.
problem-503 = The server is busy
problem-503-advice = Wait a moment, then load the page again.
problem-500 = The server failed
problem-500-advice = Try again in a moment. If it fails again, tell those who run this site, with the number below.
problem-other = The request was refused
problem-other-advice = Begin a new search, or go to the first page.
problem-id = Number of the request: { $what }
problem-home = To the first page
