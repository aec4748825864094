// axe-core over every page in every look: light and dark, both directions of writing, narrow and wide.

import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, inEveryLook, open, overflow } from "./harness.js";

const PAGES = {
  "the first page": "/",
  "a document": "/documents/rcm-meeting-2010",
  "a hostile document": "/documents/hostile-title",
  "an error": "/documents/none",
};

for (const [name, path] of Object.entries(PAGES)) {
  test(`axe finds nothing in ${name}, and nothing is too wide`, () => inEveryLook(async (options, look) => {
    const page = await open(path, { ...options, expects: ["404"] });
    assert.deepEqual(await complaints(page), [], look);
    assert.deepEqual(await overflow(page), [], look);
  }));
}
