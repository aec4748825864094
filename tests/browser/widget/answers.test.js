// What the widget shows of answers, whenever they come.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { found, hit, passage, problem, suggested, suggestion } from "./api.js";
import { api, gate, open, searched, suggesting } from "./harness.js";
import { texts } from "./page.js";

describe("what is shown", () => {
  test("nothing but the box at first", async () => {
    const { page, status, alert, hits } = await open();
    assert.deepEqual([await status.textContent(), await alert.textContent(), await hits.count()], ["", "", 0]);
    assert.equal(await page.getByRole("link", { name: "Open the full search" }).count(), 0);
    assert.deepEqual(api.asked("search"), []);
  });

  test("results as a list with headings, languages, places, permalinks and citations", async () => {
    api.on.search = () => found([hit("lima-2014", {
      title: "Declaración de Lima", languages: ["es"], date: "2014-11-30/2014-12-01",
      passages: [passage("lima-2014", "p7", "Los derechos de los *migrantes*", { lang: "es", page: 3, label: "Acuerdos, para. 7" }), passage("lima-2014", "n9", "The rights", { label: "Rights, p. 4", page: 4 })],
    })]);
    const { page, hits, status } = await searched();
    assert.equal(await status.textContent(), "1 document");
    assert.equal(await page.getByRole("listitem").count() >= 1, true);
    const title = page.getByRole("heading", { level: 3 }).getByRole("link", { name: "Declaración de Lima" });
    assert.deepEqual([await title.getAttribute("lang"), await title.getAttribute("href")], ["es", `${api.origin}/documents/lima-2014`]);
    assert.equal(await hits.locator("[part=meta]").textContent(), "Regional Conference on Migration · Meeting report · 30 November – 1 December 2014");
    const shown = hits.locator("[part=passage]").first();
    assert.equal(await shown.locator("[part=text]").first().getAttribute("lang"), "es");
    assert.deepEqual(await texts(shown.locator("mark")), ["migrantes"]);
    const link = shown.getByRole("link", { name: "Acuerdos, para. 7, p. 3" });
    assert.equal(await link.getAttribute("href"), `${api.origin}/documents/lima-2014#p7`);
    assert.equal(await hits.getByRole("link", { name: "Rights, p. 4", exact: true }).count(), 1, "the page is said once");
    await shown.locator("summary").click();
    assert.equal(await shown.locator("details p").textContent(), "Report of lima-2014, Geneva, Acuerdos, para. 7");
  });

  test("matches of another name of the words as such", async () => {
    const segments = [{ text: "trata", match: true, expanded: true }, { text: " y ", match: false, expanded: false }, { text: "migrantes", match: true, expanded: false }];
    api.on.search = () => found([hit("a", { passages: [passage("a", "p1", "", { segments })] })]);
    const { hits } = await searched();
    assert.deepEqual(await hits.locator("mark").evaluateAll((all) => all.map((mark) => [mark.textContent, mark.part.value])), [["trata", "mark expanded"], ["migrantes", "mark"]]);
  });

  test("that nothing was found", async () => {
    const { status, hits } = await searched({}, "nothing");
    assert.deepEqual([await status.textContent(), await hits.count()], ["Nothing found", 0]);
  });

  test("what was read otherwise than typed", async () => {
    api.on.search = () => found([hit("a")], { interpretation: { relaxed: { words: 4, required: 1 }, corrections: [{ from: "labuor", to: ["labour", "labor"], start: 0, end: 6 }] } });
    const { status } = await searched();
    assert.equal(await status.textContent(), "1 document · with at least 1 of the words · labuor → labour, labor");
  });

  test("that it searches, while it does", async () => {
    const slow = gate();
    api.on.search = () => ({ until: slow.until, status: 200, body: found([hit("a")]) });
    const { page, input, status, hits } = await open();
    await input.fill("private");
    await input.press("Enter");
    await page.getByText("Searching…").waitFor();
    slow.open();
    await hits.first().waitFor();
    assert.equal(await status.textContent(), "1 document");
  });

  test("suggestions: what is meant, names, and titles that lead to their documents", async () => {
    api.on.suggest = () => suggested([suggestion("Secteur privé", { kind: "concept", name: "private sector" }), suggestion("*Priv*ate report", { kind: "title", url: "/documents/lima-2014" })], "private");
    const { page, options } = await suggesting();
    assert.deepEqual(await texts(options), ["private", "Secteur privé (private sector)", "Private report"]);
    await options.nth(2).click();
    await page.waitForURL(`${api.origin}/documents/lima-2014`);
  });

  test("a page of results after the other, and the first again where the next is gone", async () => {
    let gone = false;
    api.on.search = (params) => {
      if (params.get("cursor") && gone) return { status: 410, body: problem(410) };
      return params.get("cursor") ? found([hit("b")], { meta: { total: 3, next_cursor: "c" } }) : found([hit("a")], { meta: { total: 3, next_cursor: "b" } });
    };
    const { page, hits, more } = await searched();
    await more.click();
    await hits.nth(1).waitFor();
    assert.deepEqual(await texts(hits.getByRole("heading")), ["Report of a", "Report of b"]);
    gone = true;
    await more.click();
    await page.waitForFunction(() => document.querySelector("rcp-search").shadowRoot.querySelectorAll("[part=hit]").length === 1);
    assert.deepEqual(await texts(hits.getByRole("heading")), ["Report of a"]);
  });
});

describe("the last question wins", () => {
  test("of two searches, when the first is answered last", async () => {
    const slow = gate();
    api.on.search = (params) => (params.get("q") === "first" ? { until: slow.until, status: 200, body: found([hit("first")]) } : found([hit("second")]));
    const { page, input, hits } = await open();
    await input.fill("first");
    const came = page.waitForRequest(/q=first/);
    await input.press("Enter");
    await came;
    const ended = page.waitForEvent("requestfailed", { predicate: (request) => request.url().includes("q=first"), timeout: 10_000 });
    await input.fill("second");
    await input.press("Enter");
    await ended;
    await hits.first().waitFor();
    slow.open();
    await page.waitForTimeout(150);
    assert.deepEqual(await texts(hits.getByRole("heading")), ["Report of second"]);
  });

  test("even where a request cannot be aborted", async () => {
    const slow = gate();
    api.on.search = (params) => (params.get("q") === "first" ? { until: slow.until, status: 200, body: found([hit("first")]) } : found([hit("second")]));
    const { page, hits } = await open({ prepare: (page) => page.addInitScript(() => {
      const { fetch } = globalThis;
      globalThis.fetch = (url, { signal, ...options }) => fetch(url, options);
    }) });
    const came = page.waitForRequest(/q=first/);
    await page.evaluate(() => { document.querySelector("rcp-search").search("first"); });
    await came;
    await page.evaluate(() => document.querySelector("rcp-search").search("second"));
    const answered = page.waitForResponse(/q=first/);
    slow.open();
    await (await answered).finished();
    await page.waitForTimeout(50);
    assert.deepEqual(await texts(hits.getByRole("heading")), ["Report of second"]);
  });

  test("of a next page and a new search", async () => {
    const slow = gate();
    api.on.search = (params) => {
      if (params.get("cursor")) return { until: slow.until, status: 200, body: found([hit("old-page")]) };
      return found([hit(params.get("q"))], { meta: { next_cursor: "next" } });
    };
    const { page, input, hits, more } = await searched({}, "old");
    const came = page.waitForRequest(/cursor/);
    await more.click();
    await came;
    await input.fill("new");
    await input.press("Enter");
    await page.getByRole("link", { name: "Report of new", exact: true }).waitFor();
    slow.open();
    await page.waitForTimeout(150);
    assert.deepEqual(await texts(hits.getByRole("heading")), ["Report of new"]);
  });

  test("of suggestions, when the first are answered last", async () => {
    const slow = gate();
    api.on.suggest = (params) => (params.get("q") === "pr" ? { until: slow.until, status: 200, body: suggested([suggestion("first")]) } : suggested([suggestion("second")]));
    const { page, input, options } = await open();
    const came = page.waitForRequest(/q=pr&/);
    await input.pressSequentially("pr");
    await came;
    await input.pressSequentially("iv");
    await options.first().waitFor();
    slow.open();
    await page.waitForTimeout(150);
    assert.deepEqual(await texts(options), ["second"]);
  });
});
