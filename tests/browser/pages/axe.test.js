// axe-core over every page in every look: light and dark, both directions of writing, narrow and wide.

import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, inEveryLook, open, overflow } from "./harness.js";
import { PAGES, REFUSED } from "./kinds.js";

for (const [name, path] of Object.entries(PAGES)) {
  test(`axe finds nothing in ${name}, and nothing is too wide`, () => inEveryLook(async (options, look) => {
    const page = await open(path, { ...options, expects: REFUSED });
    assert.deepEqual(await complaints(page), [], look);
    assert.deepEqual(await overflow(page), [], look);
  }));
}
