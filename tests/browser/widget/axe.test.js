// axe-core over every state of the widget. It is the floor, not a proof: it misses what only shows after a key was
// pressed, which keyboard.test.js and accessibility.test.js look for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { found, hit, problem } from "./api.js";
import { api, open, search } from "./harness.js";
import { overflow } from "./page.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const colorScheme of ["light", "dark"]) {
  for (const dir of ["ltr", "rtl"]) {
    for (const width of [320, 1280]) {
      test(`axe finds nothing: ${colorScheme}, ${dir}, ${width} pixels`, async () => {
        const widget = await open({ html: `dir="${dir}"`, context: { colorScheme, viewport: { width, height: 800 } }, body: "<h2>Latest</h2><rcp-search mode=\"list\" label=\"Latest\"></rcp-search>" });
        const { page, input, options, hits } = widget;
        await page.evaluate(AXE);
        const clean = async (state) => {
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes.map(({ html }) => html).join(" ")}`), []);
          assert.deepEqual(await overflow(page), [], state);
        };
        await clean("nothing yet");
        await input.pressSequentially("priv");
        await options.first().waitFor();
        await input.press("ArrowDown");
        await clean("suggestions");
        api.on.search = () => found([hit("a"), hit("b")], { meta: { total: 9, next_cursor: "next" } });
        await search(widget, "private");
        await hits.locator("summary").first().click();
        await clean("results");
        api.on.search = () => found([]);
        await search(widget, "nothing");
        await clean("nothing found");
        api.on.search = () => ({ status: 503, headers: { "retry-after": "2" }, body: problem(503) });
        await search(widget, "private");
        await clean("an error");
      });
    }
  }
}
