// The module as it is served: its size, and what it tells others about a visitor.

import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";

import { MODULE } from "./api.js";
import { api, open, search, site, suggesting } from "./harness.js";

test("it is under 6 KB compressed, as it is committed", (context) => {
  const { length } = brotliCompressSync(MODULE);
  context.diagnostic(`${MODULE.length} bytes, ${length} with Brotli`);
  assert.ok(length < 6_000, `${length} bytes`);
});

test("it parses no markup, evaluates nothing, and keeps nothing", () => {
  assert.doesNotMatch(MODULE.toString(), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval|new Function|cookie|localStorage|sessionStorage|indexedDB|setHTML/);
});

test("it sends no cookies and no address of the page, and asks only the server", async () => {
  const asked = [];
  const widget = await suggesting({
    prepare: async (page) => {
      await page.context().addCookies([{ name: "visitor", value: "1", url: api.origin }]);
      page.on("request", (request) => asked.push(request.url()));
    },
  });
  await search(widget, "private");
  const questions = api.requests.filter(({ path }) => path.startsWith("/v1/"));
  assert.deepEqual(new Set(questions.map(({ path }) => path)), new Set(["/v1/suggest", "/v1/search"]));
  assert.deepEqual(questions.map(({ headers }) => [headers.cookie, headers.referer]), questions.map(() => [undefined, undefined]));
  assert.deepEqual(new Set(asked.map((address) => new URL(address).origin)), new Set([site.origin, api.origin]));
  // The cookie is there: a page of the server's own would send it.
  await widget.page.goto(`${api.origin}/search`);
  assert.equal(api.requests.at(-1).headers.cookie, "visitor=1");
});

test("two of it in one page, and one that moves, do not disturb each other", async () => {
  const { page, input } = await open({ body: "<rcp-search mode=\"list\"></rcp-search>" });
  await page.locator("rcp-search").nth(1).locator("[part=hit]").first().waitFor();
  await input.fill("private");
  await page.evaluate(() => document.body.append(document.querySelector("rcp-search")));
  assert.equal(await input.inputValue(), "private");
  await page.evaluate((address) => import(`${address}?again`), `${api.origin}/widget/1.0.0/rcp-search.js`);
});
