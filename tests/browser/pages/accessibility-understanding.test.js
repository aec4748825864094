// What WCAG 2.2 AA asks of understanding the pages: languages, what happens when, help, mistakes, what is said.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { open } from "./harness.js";
import { PAGES, REFUSED } from "./kinds.js";

const WIDE = { viewport: { width: 1280, height: 800 } };
const WITHOUT_SCRIPT = { javaScriptEnabled: false, ...WIDE };

const heading = (page) => page.locator("#results");

/** The texts that describe a field. */
const described = (page, selector) => page.locator(selector).evaluate((field) => (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent.trim() ?? "").join(" "));

describe("WCAG 2.2, understanding the pages", () => {
  for (const [lang, skip] of [["en", "Skip to the content"], ["es", "Ir al contenido"], ["fr", "Aller au contenu"]]) {
    test(`3.1.1: every page says its language, in which it speaks (${lang})`, async () => {
      for (const [name, path] of Object.entries(PAGES)) {
        const page = await open(`${path}${path.includes("?") ? "&" : "?"}ui=${lang}`, { expects: REFUSED });
        assert.equal(await page.locator("html").getAttribute("lang"), lang, name);
        assert.equal(await page.locator(".skip").textContent(), skip, name);
      }
    });
  }

  test("3.1.2: titles and passages in another language than the page say so", async () => {
    const language = (page, selector) => page.locator(selector).evaluateAll((all) => [...new Set(all.map((element) => element.closest("[lang]").lang))]);
    for (const [code, words] of [["es", "trata de personas"], ["fr", "traite des êtres humains"]]) {
      const page = await open(`/search?q=${encodeURIComponent(words)}&lang=${code}`);
      assert.deepEqual(await language(page, ".hit h3 a"), [code]);
      assert.deepEqual(await language(page, ".evidence .prose"), [code]);
      const document = await open(`/documents/sacm-declaration-2009-${code}?q=migrants`);
      assert.deepEqual(await language(document, "main h1"), [code]);
      assert.deepEqual(await language(document, ".passage .prose"), [code]);
      const compared = await open(`/compare?q=${encodeURIComponent(words)}&lang=${code}&rows=rcp&cell=sacm,2009`);
      assert.deepEqual(await language(compared, "#best blockquote"), [code]);
    }
    const kin = await open("/documents/sacm-declaration-2009-en");
    const titles = await kin.locator(".kin a").evaluateAll((all) => all.map((link) => [link.textContent, link.lang]));
    assert.ok(titles.some(([title, lang]) => title.startsWith("Declaración") && lang === "es"), String(titles));
    const process = await open("/processes/sacm");
    const listed = await process.locator(".listed a").evaluateAll((all) => all.map((link) => link.lang));
    assert.deepEqual(listed.toSorted(), ["en", "es", "fr"]);
    assert.deepEqual(await language(await open("/search?year_from=x&ui=es", { expects: REFUSED }), "#wrong-year_from"), ["en"]);
    assert.deepEqual(await language(await open("/compare?rows=nothing&ui=fr", { expects: REFUSED }), "#wrong-rows"), ["en"]);
    const languages = await kin.locator("footer [hreflang]").evaluateAll((all) => all.map((link) => [link.lang, link.hreflang, link.textContent]));
    assert.deepEqual(languages, [["en", "en", "English"], ["es", "es", "Español"], ["fr", "fr", "Français"]]);
  });

  test("3.2.1, 3.2.2: without script neither the focus nor a tick leads away; a button applies", async () => {
    const page = await open("/search?q=migrants", { context: WITHOUT_SCRIPT });
    await page.locator("#rcp-sacm").focus();
    await page.keyboard.press("Space");
    await page.waitForTimeout(200);
    assert.match(page.url(), /\?q=migrants$/);
    await page.getByRole("button", { name: "Apply" }).click();
    assert.match(page.url(), /rcp=sacm/);
    assert.equal(await page.locator("#rcp-sacm").isChecked(), true);
  });

  test("3.2.1, 3.2.2: with script a tick changes the results in place, says so, and moves nothing; the button is there too", async () => {
    const page = await open("/search?q=migrants", { context: WIDE });
    await page.evaluate(() => { globalThis.isSamePage = true; });
    for (const name of ["rcp-sacm", "match-all"]) {
      await page.locator(`#${name}`).focus();
      assert.equal(await page.evaluate(() => document.activeElement.id), name);
      await page.keyboard.press("Space");
      await page.waitForFunction(() => document.getElementById("status").textContent);
      assert.equal(await page.evaluate(() => document.activeElement.id), name);
      await page.evaluate(() => { document.getElementById("status").textContent = ""; });
    }
    assert.equal(await page.evaluate(() => globalThis.isSamePage), true);
    assert.equal(await page.getByRole("button", { name: "Apply" }).isVisible(), true);
  });

  test("3.2.1, 3.2.2: choosing the rows of a comparison leads nowhere before the button", async () => {
    const page = await open("/compare");
    await page.locator("#rows").focus();
    await page.keyboard.press("ArrowDown");
    await page.locator("#limit_rows").fill("3");
    await page.keyboard.press("Tab");
    await page.waitForTimeout(200);
    assert.match(page.url(), /\/compare$/);
    assert.equal(await page.getByRole("button", { name: "Compare" }).isVisible(), true);
  });

  test("3.2.3, 3.2.6: help and the parts of the site are at the same places of every page", async () => {
    const placesOf = (page) => page.evaluate(() => [...document.querySelectorAll("header.site nav a, footer.site a")].map((link) => link.pathname + (link.hreflang ? `:${link.hreflang}` : "")).map((path) => path.replace(/^.*:/, ":")));
    const expected = await placesOf(await open("/"));
    assert.equal(expected.filter((path) => path === "/help").length, 1);
    for (const [name, path] of Object.entries(PAGES)) assert.deepEqual(await placesOf(await open(path, { expects: REFUSED })), expected, name);
  });

  test("3.3.1, 3.3.3: what was not understood of a query is said in words that belong to its box", async () => {
    for (const [query, says] of [["\"seasonal work", /“?"seasonal work.*never closed: the phrase was read to the end/], ["(seasonal", /parentheses do not match/], ["seasonal AND", /operator has nothing to join/]]) {
      const page = await open(`/search?q=${encodeURIComponent(query)}`);
      assert.match(await described(page, "#q"), says, query);
      assert.equal(await page.locator("#q").inputValue(), query);
    }
    // In place, with the script.
    const page = await open("/search?q=seasonal");
    assert.equal(await described(page, "#q"), "");
    await page.locator("#q").fill("\"seasonal work");
    await page.keyboard.press("Enter");
    await page.locator("#warnings").waitFor();
    assert.match(await described(page, "#q"), /never closed/);
    await page.locator("#q").fill("seasonal work");
    await page.keyboard.press("Enter");
    await page.locator("#warnings").waitFor({ state: "detached" });
    assert.equal(await page.locator("#q").getAttribute("aria-describedby"), null);
  });

  test("3.3.1, 3.3.3: a refusal is an alert in words, belongs to its field, and suggests what may have been meant", async () => {
    const long = await open(`/search?q=${"x".repeat(2_500)}`, { expects: REFUSED });
    assert.match(await described(long, "#q"), /longer than .*send/);
    assert.equal(await long.locator("#q").getAttribute("aria-invalid"), "true");
    const value = await open("/search?q=seasonal&rcp=rmc", { expects: REFUSED });
    assert.match(await value.getByRole("alert").textContent(), /rcp.*rcm.*\?/s);
    assert.equal(await value.locator("#q").inputValue(), "seasonal");
    for (const [path, field, says] of [["rows=rpc", "rows", /nearest: .*rcp/], ["limit_rows=0", "limit_rows", /1/], ["measure=shares", "measure", /nearest: share/]]) {
      const page = await open(`/compare?q=seasonal&${path}`, { expects: REFUSED });
      assert.match(await described(page, `#${field}`), says);
      assert.equal(await page.locator(`#${field}`).getAttribute("aria-invalid"), "true");
      assert.equal(await page.getByRole("alert").count(), 1);
      assert.equal(await page.locator("#q").inputValue(), "seasonal");
    }
    const misspelt = await open("/search?q=seasonnal&correct=off");
    await misspelt.getByRole("link", { name: "seasonal", exact: true }).click();
    await misspelt.locator(".hit").first().waitFor();
    assert.match(await heading(misspelt).textContent(), /^4 documents/);
  });

  for (const javaScriptEnabled of [false, true]) {
    test(`3.3.7: the words are kept when filters, order, page and language change (${javaScriptEnabled ? "with" : "without"} script)`, async () => {
      const page = await open("/search?q=seasonal+work&limit=2", { context: { javaScriptEnabled, ...WIDE } });
      const kept = async (what) => assert.equal(await page.locator("#q").inputValue(), "seasonal work", what);
      await page.locator("#type-summary-report").check();
      if (!javaScriptEnabled) await page.getByRole("button", { name: "Apply" }).click();
      await page.locator(".chip").waitFor();
      await kept("a filter");
      for (const name of ["Newest", "Next", "Paragraphs"]) {
        const before = page.url();
        await page.locator("main").getByRole("link", { name, exact: true }).click();
        await page.waitForURL((address) => address.href !== before);
        await kept(name);
      }
      await page.locator(".clear").click();
      await page.locator(".chip").waitFor({ state: "detached" });
      await kept("no filter");
      await page.getByRole("link", { name: "Français" }).click();
      await page.waitForURL(/ui=fr/);
      await kept("a language");
    });
  }

  test("4.1.3: that nothing was found is said at once", async () => {
    const page = await open("/search?q=seasonal", { context: WIDE });
    await page.locator("#q").fill("zirconium");
    await page.keyboard.press("Enter");
    await page.locator(".nothing").waitFor();
    await page.waitForFunction(() => document.getElementById("status").textContent, null, { timeout: 500 });
    assert.match(await page.locator("#status").textContent(), /^Nothing found for zirconium$/);
    assert.match(await page.title(), /^zirconium – Nothing found – rcp-search$/);
  });

  test("4.1.3: typing and browsing suggestions make no status speak", async () => {
    const page = await open("/search?q=seasonal", { context: WIDE });
    await page.evaluate(() => {
      globalThis.spoken = [];
      const observer = new MutationObserver((changes) => globalThis.spoken.push(...changes.map(({ target }) => target.textContent)));
      for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) observer.observe(region, { childList: true, characterData: true, subtree: true });
    });
    await page.locator("#q").fill("");
    await page.locator("#q").pressSequentially("migra");
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.waitForTimeout(1_000);
    assert.deepEqual(await page.evaluate(() => globalThis.spoken), []);
  });
});
