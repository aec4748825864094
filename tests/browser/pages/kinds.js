// Every kind of page, by what it shows.

export const PAGES = {
  "the first page": "/",
  "a search": "/search?q=migrants&rcp=sacm",
  "all documents": "/search",
  "all values of a facet": "/search?all=country",
  "paragraphs": "/search?q=seasonal&unit=passage",
  "no results": "/search?q=seasonal&rcp=sacm",
  "a query with a mistake": "/search?q=%22seasonal+work",
  "a search that is refused": "/search?year_from=x",
  "a document": "/documents/rcm-meeting-2010",
  "a document with matches": "/documents/rcm-meeting-2010?q=seasonal",
  "a hostile document": "/documents/hostile-title",
  "citations": "/cite?document=rcm-meeting-2010&passage=rcm-meeting-2011%23p3&ref=RCM",
  "an error": "/documents/none",
  "a comparison": "/compare",
  "a comparison with the best paragraph of a cell": "/compare?q=private+sector&cell=rcm,2013",
  "a comparison that cannot be made": "/compare?rows=nothing",
  "the processes": "/processes",
  "a process": "/processes/rcm",
  "the themes": "/themes",
  "a theme": "/themes/protection-rights.consular",
  "a meeting": "/events/rcm-16",
  "what is here": "/coverage",
  "the help": "/help",
};

/** What a browser logs of pages that are errors by intent. */
export const REFUSED = ["404", "400"];
