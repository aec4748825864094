// What the site that embeds the widget decides.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { found, hit, passage } from "./api.js";
import { api, open, search, searched, site } from "./harness.js";
import { focused } from "./page.js";

describe("the site decides", () => {
  test("the latest documents of a process, in a list without a box", async () => {
    const { input, hits, page } = await open({ widget: { attributes: 'mode="list" rcp="rcm" limit="3" heading="2"' } });
    await hits.first().waitFor();
    assert.equal(await input.count(), 0);
    assert.equal(api.asked("search")[0].toString(), "ui=en&sort=-date&rcp=rcm&facets=none&limit=3&passages=0");
    assert.equal(await hits.getByRole("heading", { level: 2 }).count(), 3);
    assert.equal(await page.getByRole("link", { name: "Open the full search" }).getAttribute("href"), `${api.origin}/search?ui=en&sort=-date&rcp=rcm`);
  });

  test("what is searched", async () => {
    const attributes = 'rcp="bali-process, rcm" not-type="agenda" document-lang="es" not-document-lang="fr" process-type="regional" year-from="2005" added-since="2026-01-31T12:00:00Z" passages="1" sort="-added" q="asylum"';
    const { hits } = await open({ widget: { attributes } });
    await hits.first().waitFor();
    assert.equal(api.asked("search")[0].toString(), new URLSearchParams([
      ["ui", "en"], ["q", "asylum"], ["sort", "-added"], ["rcp", "bali-process"], ["rcp", "rcm"], ["process_type", "regional"], ["lang", "es"], ["not_type", "agenda"],
      ["not_lang", "fr"], ["year_from", "2005"], ["added_since", "2026-01-31T12:00:00Z"], ["facets", "none"], ["limit", "10"], ["passages", "1"],
    ]).toString());
  });

  test("and changes it at any time, with one question for all that changes together", async () => {
    const { page, hits } = await searched();
    await page.evaluate(() => {
      const widget = document.querySelector("rcp-search");
      widget.setAttribute("rcp", "rcm");
      widget.setAttribute("ui", "es");
    });
    await page.getByRole("button", { name: "Buscar" }).waitFor();
    await hits.first().waitFor();
    assert.equal(await focused(page), "input");
    assert.deepEqual(api.asked("search").map((params) => [params.get("q"), params.get("rcp"), params.get("ui")]), [["private sector", null, "en"], ["private sector", "rcm", "es"]]);
  });

  test("the language, by the page or by an attribute", async () => {
    for (const [html, attributes, button, label] of [
      ["", "", "Search", "Search the documents"], ["", 'lang="fr-CA"', "Chercher", "Chercher dans les documents"], ["", 'lang="fr" ui="es"', "Buscar", "Buscar en los documentos"],
      ["", 'lang="ar"', "Search", "Search the documents"], ["", 'ui="fr" label="Documents du Processus de Bali"', "Chercher", "Documents du Processus de Bali"],
    ]) {
      const { page } = await open({ html, widget: { attributes } });
      assert.equal(await page.getByRole("combobox", { name: label }).count(), 1);
      assert.equal(await page.getByRole("button", { name: button, exact: true }).count(), 1);
    }
  });

  test("when to search, as soon as the element is there", async () => {
    const { page } = await open();
    await page.evaluate(() => {
      const list = document.createElement("rcp-search");
      document.body.append(list);
      return list.search("asylum");
    });
    assert.deepEqual(api.asked("search").map((params) => params.get("q")), ["asylum"]);
    assert.equal(await page.getByRole("combobox").nth(1).inputValue(), "asylum");
  });

  test("what happens with results and choices: events can be cancelled", async () => {
    const events = (page, cancelled) => page.evaluate((name) => {
      globalThis.seen = [];
      for (const type of ["rcp-search:results", "rcp-search:select"]) {
        addEventListener(type, (event) => {
          if (type === name) event.preventDefault();
          globalThis.seen.push([type, event.composed, event.detail.query ?? event.detail.suggestion?.text ?? event.detail.passage?.passage ?? event.detail.hit?.id, event.detail.url ?? null]);
        });
      }
    }, cancelled);
    const first = await open();
    await events(first.page, "rcp-search:select");
    await first.input.fill("private");
    await first.options.nth(2).click();
    await first.input.press("Enter");
    await first.hits.getByRole("link", { name: "Report of rcm-2013" }).click();
    await first.hits.getByRole("link", { name: "para. 21" }).first().click();
    assert.deepEqual(await first.page.evaluate(() => globalThis.seen), [
      ["rcp-search:select", true, "Private sector report", `${api.origin}/documents/rcm-2013`], ["rcp-search:results", true, "private", null],
      ["rcp-search:select", true, "rcm-2013", `${api.origin}/documents/rcm-2013`], ["rcp-search:select", true, "p21", `${api.origin}/documents/rcm-2013#p21`],
    ]);
    assert.equal(first.page.url(), `${site.origin}/`);
    const second = await open();
    await events(second.page, "rcp-search:results");
    await second.page.evaluate(() => document.querySelector("rcp-search").search("asylum"));
    assert.deepEqual(await second.page.evaluate(() => globalThis.seen), [["rcp-search:results", true, "asylum", null]]);
    assert.deepEqual([await second.hits.count(), await second.status.textContent()], [0, ""]);
  });

  test("how it looks: custom properties and parts reach inside", async () => {
    const { page, input } = await open();
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("rcp-search { --rcp-border: rgb(1, 2, 3) } rcp-search::part(input) { letter-spacing: 5px }");
      document.adoptedStyleSheets = [sheet];
    });
    assert.deepEqual(await input.evaluate((node) => [getComputedStyle(node).borderTopColor, getComputedStyle(node).letterSpacing]), ["rgb(1, 2, 3)", "5px"]);
  });

  test("but not the direction of writing: that of the box is of its language, that of texts of their own", async () => {
    api.on.search = () => found([hit("a", { title: "Report" }), hit("b", { title: "تقرير", passages: [passage("b", "p1", "حقوق *المهاجرين*", { lang: "ar" })] })]);
    const { page, input, hits } = await searched({ html: "dir=\"rtl\" lang=\"ar\"" }, "المهاجرين");
    const direction = (locator) => locator.evaluateAll((all) => all.map((node) => getComputedStyle(node).direction));
    assert.deepEqual(await direction(page.locator("[part=root], [part=meta]")), ["ltr", "ltr", "ltr"]);
    assert.deepEqual(await direction(input), ["rtl"]);
    assert.deepEqual(await direction(hits.getByRole("heading").getByRole("link")), ["ltr", "rtl"]);
    assert.deepEqual(await direction(hits.nth(1).locator("[part=text]").first()), ["rtl"]);
  });

  test("light or dark: as the visitor likes it, as an attribute says, or as the page is", async () => {
    for (const [colorScheme, attributes, isDark] of [
      ["light", "", false], ["dark", "", true], ["dark", 'color-scheme="light"', false], ["light", 'color-scheme="dark"', true], ["dark", 'color-scheme="page"', false],
    ]) {
      const { page } = await open({ context: { colorScheme }, widget: { attributes } });
      const back = await page.locator("[part=root]").evaluate((node) => getComputedStyle(node).backgroundColor);
      assert.equal(back, isDark ? "rgb(22, 25, 29)" : "rgb(255, 255, 255)", `${colorScheme} ${attributes}`);
    }
  });
});
