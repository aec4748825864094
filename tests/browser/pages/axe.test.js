// axe-core over every page in every look: light and dark, both directions of writing, narrow and wide.

import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, inEveryLook, open, overflow } from "./harness.js";

const PAGES = {
  "the first page": "/",
  "a search": "/search?q=migrants&rcp=sacm",
  "all documents": "/search",
  "all values of a facet": "/search?all=country",
  "paragraphs": "/search?q=seasonal&unit=passage",
  "no results": "/search?q=seasonal&rcp=sacm",
  "a search that is refused": "/search?year_from=x",
  "a document": "/documents/rcm-meeting-2010",
  "a hostile document": "/documents/hostile-title",
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

for (const [name, path] of Object.entries(PAGES)) {
  test(`axe finds nothing in ${name}, and nothing is too wide`, () => inEveryLook(async (options, look) => {
    const page = await open(path, { ...options, expects: ["404", "400"] });
    assert.deepEqual(await complaints(page), [], look);
    assert.deepEqual(await overflow(page), [], look);
  }));
}
