// Documents, and a server, that would like to be more than text. The page's policy and its dialogs are watched by the
// harness.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { found, hit, problem, suggested, suggestion } from "./api.js";
import { api, open, searched, suggesting } from "./harness.js";
import { texts } from "./page.js";

const MARKUP = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onfocus='alert(1)' autofocus='", "{{constructor.constructor('alert(1)')()}}",
  "<iframe srcdoc=\"<script>parent.alert(1)</script>\">", "</p></li></ol><form action=//evil.example><input name=q>", "&lt;b&gt; &amp; &#60;b&#62;",
];
const BIDI = ["\u202Eesrever\u202D", "\u2067isolate", "\u202Bembedded \u202E over", "عنوان \u200F"];

/** A hit that is hostile in every field. */
function hostile(text, address = `/documents/${encodeURIComponent(text)}`) {
  const passage = { document: text, passage: text, label: text, page: null, heading_path: [text], lang: text, kind: "paragraph", segments: [{ text, match: false, expanded: false }, { text, match: true, expanded: false }], citation: text, url: address };
  return hit(text, { title: text, type: { id: text, label: text }, rcps: [{ id: text, label: text }], languages: [text], url: address, citation: text, passages: [passage] });
}

/** Elements within the widget that the widget does not make itself. */
const strange = (page) => page.evaluate(() => {
  const own = "div, form, label, input, button, ul, ol, li, p, a, i, h3, mark, bdi, details, summary";
  return [...document.querySelector("rcp-search").shadowRoot.querySelectorAll(`:not(${own})`)].map((element) => element.outerHTML);
});

describe("what documents say is text", () => {
  test("in results", async () => {
    api.on.search = () => found([...MARKUP, ...BIDI].map((text) => hostile(text)), { interpretation: { corrections: [{ from: MARKUP[0], to: [MARKUP[1]], start: 0, end: 1 }] } });
    const { page, hits, status } = await searched();
    assert.deepEqual(await texts(hits.getByRole("heading")), [...MARKUP, ...BIDI]);
    assert.deepEqual(await texts(hits.locator("mark")), [...MARKUP, ...BIDI]);
    assert.equal(await status.textContent(), `12 documents · ${MARKUP[0]} → ${MARKUP[1]}`);
    assert.deepEqual(await strange(page), []);
    for (const summary of await hits.locator("summary").all()) await summary.click();
    assert.deepEqual(await texts(hits.locator("details p")), [...MARKUP, ...BIDI]);
  });

  test("in suggestions", async () => {
    api.on.suggest = () => suggested(MARKUP.map((text) => suggestion(text.replaceAll("*", ""), { name: text })), MARKUP[0]);
    const { page, options, input } = await suggesting();
    assert.deepEqual(await texts(options), [MARKUP[0], ...MARKUP.map((text) => `${text} (${text})`)]);
    assert.deepEqual(await strange(page), []);
    await input.press("ArrowDown");
    await input.press("Enter");
    assert.equal(await input.inputValue(), MARKUP[0]);
  });

  test("in errors", async () => {
    api.on.search = () => ({ status: 400, body: problem(400, MARKUP[1]) });
    const { page, alert } = await searched();
    assert.equal(await alert.textContent(), MARKUP[1]);
    assert.deepEqual(await strange(page), []);
  });

  test("in attributes of the site", async () => {
    const { page } = await open();
    await page.evaluate(([text]) => {
      for (const name of ["label", "placeholder", "rcp", "lang", "ui"]) document.querySelector("rcp-search").setAttribute(name, text);
    }, MARKUP);
    await page.getByRole("combobox", { name: MARKUP[0] }).waitFor();
    assert.deepEqual(await strange(page), []);
  });
});

test("text that turns the direction of writing turns its own alone", async () => {
  api.on.search = () => found(BIDI.map((text) => hostile(text)));
  api.on.suggest = () => suggested(BIDI.map((text) => suggestion(text, { name: text })));
  const { page, input, options } = await searched();
  await input.fill("priv");
  await options.first().waitFor();
  const leaks = await page.evaluate((hostile) => {
    const root = document.querySelector("rcp-search").shadowRoot;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const leaks = [];
    let seen = 0;
    while (walker.nextNode()) {
      if (!hostile.some((text) => walker.currentNode.data.includes(text))) continue;
      seen += 1;
      let element = walker.currentNode.parentElement;
      // A mark or note inside of an isolated text belongs to it.
      while (element && !["isolate", "plaintext", "isolate-override"].includes(getComputedStyle(element).unicodeBidi)) element = element.matches("mark, i") ? element.parentElement : null;
      if (!element) leaks.push(walker.currentNode.parentElement.outerHTML);
    }
    return seen >= 30 ? leaks : [`only ${seen} texts`];
  }, BIDI);
  assert.deepEqual(leaks, []);
});

test("every address leads to the server", async () => {
  const addresses = ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example/", "https://evil.example/", "@evil.example/", ".evil.example/", "\\\\evil.example", "", null];
  api.on.search = () => found(addresses.map((address, place) => ({ ...hostile(`d${place}`, address) })));
  const { page, hits } = await searched();
  const links = await hits.getByRole("link").evaluateAll((all) => all.map((link) => link.origin));
  assert.deepEqual([links.length, new Set(links)], [2 * addresses.length, new Set([api.origin])]);
  api.on.suggest = () => suggested([suggestion("private", { kind: "title", url: "javascript:alert(1)" })]);
  const { input, options, page: other } = await suggesting();
  await options.first().waitFor();
  await input.press("ArrowDown");
  await Promise.all([other.waitForURL(`${api.origin}/`), input.press("Enter")]);
  assert.ok(page);
});
