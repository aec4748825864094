// What WCAG 2.2 AA asks of a search box and its results, as far as a script can tell, each by its number.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { contrast, seen } from "../support/seen.js";
import { found, hit, passage, problem, suggested, suggestion } from "./api.js";
import { api, open, search, searched, suggesting } from "./harness.js";
import { combobox, focused, overflow } from "./page.js";

/** Puts a style sheet into the page and the widget, as a reader's own style would be. */
const restyle = (page, style) => page.evaluate((style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
  document.querySelector("rcp-search").shadowRoot.adoptedStyleSheets.push(sheet);
}, style);

/** Long results: words without a place to break, and every part. */
function long() {
  const word = "Zwischenstaatlichkeitsbewegungskoordinierungsausschuss".repeat(3);
  return found([hit("long", { title: word, rcps: [{ id: "a", label: word }], passages: [passage("long", "p1", `*${word}* ${word}`, { label: word, page: 4 })] })], { meta: { next_cursor: "next" } });
}

/** What is seen of everything in the widget that matches. */
const colors = (page, selector) => seen(page, selector, "rcp-search");

/** Everything on screen at once: box, open suggestions, results with an open citation, more. */
async function everything(options) {
  api.on.search = () => found([hit("a"), hit("b")], { meta: { total: 9, next_cursor: "next" } });
  api.on.suggest = () => suggested([suggestion("*priv*ate sector", { name: "a name" }), suggestion("private")]);
  const widget = await searched({ ...options, widget: { attributes: "placeholder=\"Words, or a name\"", ...options?.widget } });
  await widget.hits.locator("summary").first().click();
  await widget.input.fill("priv");
  await widget.options.first().waitFor();
  await widget.input.press("ArrowDown");
  return widget;
}

describe("WCAG 2.2", () => {
  test("1.3.1, 4.1.2: box, suggestions, landmark and results have roles and names", async () => {
    const { page } = await everything();
    for (const [role, name] of [["search", "Search the documents"], ["combobox", "Search the documents"], ["listbox", "Search the documents"]]) {
      assert.equal(await page.getByRole(role, { name }).count(), 1, role);
    }
    assert.equal(await page.locator("rcp-search").getByRole("list").count(), 1);
    assert.equal(await page.locator("[part=results] > [part=hit]").count(), 2);
  });

  test("1.3.5: the box asks for nothing personal", async () => {
    assert.equal(await (await open()).input.getAttribute("autocomplete"), "off");
  });

  test("1.4.1: a match is told by more than its colour", async () => {
    const { hits } = await searched();
    const { weight, line } = await hits.locator("mark").first().evaluate((mark) => ({ weight: getComputedStyle(mark).fontWeight, line: getComputedStyle(mark).textDecorationLine }));
    assert.deepEqual([weight, line], ["600", "underline"]);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`1.4.3: text stands out from what is behind it (${colorScheme})`, async () => {
      const { page, input } = await everything({ context: { colorScheme } });
      const checked = await colors(page, "label, input, button, a, p, summary, mark, i, bdi, [role=option]");
      assert.ok(checked.length > 25);
      for (const { what, color, back } of checked) assert.ok(contrast(color, back) >= 4.5, `${what} ${color} on ${back}`);
      await input.fill("");
      const [box] = await colors(page, "input");
      assert.ok(contrast(box.placeholder, box.back) >= 4.5, `placeholder ${box.placeholder}`);
    });

    test(`1.4.11: borders and the ring of the focus do too (${colorScheme})`, async () => {
      const { page } = await everything({ context: { colorScheme } });
      for (const { what, border, around } of await colors(page, "input, button, [role=listbox]")) assert.ok(contrast(border, around) >= 3, `${what} ${border}`);
      for (const { what, outline, outlineStyle, around } of await colors(page, "input, [aria-selected=true]")) {
        assert.ok(outlineStyle === "solid" && contrast(outline, around) >= 3, `${what} ${outline}`);
      }
    });
  }

  test("1.4.4: text of twice the size is all there", async () => {
    api.on.search = long;
    const { page } = await searched();
    await restyle(page, "html { font-size: 200% }");
    assert.deepEqual(await overflow(page), []);
  });

  test("1.4.10: 320 pixels are enough", async () => {
    api.on.search = long;
    api.on.suggest = () => suggested([suggestion(long().hits[0].title)]);
    const { page, input, options } = await searched({ context: { viewport: { width: 320, height: 256 } } });
    await page.locator("summary").first().click();
    await input.fill("priv");
    await options.first().waitFor();
    assert.deepEqual(await overflow(page), []);
  });

  test("1.4.12: text may be spaced", async () => {
    api.on.search = long;
    const { page } = await searched({ context: { viewport: { width: 320, height: 800 } } });
    await restyle(page, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
    assert.deepEqual(await overflow(page), []);
  });

  test("1.4.13: suggestions stay under the pointer, and Escape dismisses them without moving the focus", async () => {
    const { page, options, input } = await suggesting();
    await options.nth(1).hover();
    await page.waitForTimeout(300);
    assert.equal(await options.nth(1).isVisible(), true);
    await page.keyboard.press("Escape");
    assert.deepEqual([await options.count(), await focused(page)], [0, "input"]);
    assert.equal(await input.inputValue(), "priv");
  });

  test("2.1.4: no single key does anything outside of the box", async () => {
    const { page } = await searched();
    await page.locator("#after").focus();
    api.requests.length = 0;
    for (const key of ["/", "s", "k", "?", "Escape"]) await page.keyboard.press(key);
    assert.deepEqual([await focused(page), api.requests], ["after", []]);
  });

  test("2.4.1: two boxes in a page are told apart", async () => {
    const { page } = await open({ body: "<rcp-search label=\"Search the Bali Process\" rcp=\"bali-process\"></rcp-search>" });
    assert.equal(await page.getByRole("search", { name: "Search the documents" }).count(), 1);
    assert.equal(await page.getByRole("search", { name: "Search the Bali Process" }).count(), 1);
  });

  test("2.4.3, 2.4.7, 2.4.11: the focus goes in the order of reading, is seen, and never behind anything", async () => {
    api.on.search = () => found([hit("a"), hit("b")], { meta: { total: 9, next_cursor: "next" } });
    const { page, input } = await searched({ context: { viewport: { width: 320, height: 400 } } });
    await input.focus();
    let above = -Infinity;
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const element = document.activeElement.shadowRoot?.activeElement;
        if (!element) return null;
        const { top, left, bottom, width, height } = element.getBoundingClientRect();
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const hit = element.getRootNode().elementFromPoint(left + Math.min(width, 40) / 2, top + height / 2);
        return { name: element.textContent, top: top + scrollY, ring: `${outlineStyle} ${outlineWidth}`, inView: top >= 0 && bottom <= innerHeight, onTop: element.contains(hit) || hit.contains(element) };
      });
      if (!seen) break;
      assert.deepEqual([seen.ring, seen.inView, seen.onTop], ["solid 3px", true, true], seen.name);
      assert.ok(seen.top >= above - 5, seen.name);
      above = seen.top;
    }
    assert.equal(await focused(page), "after");
  });

  test("2.4.6: every result has a heading, of the level that the site says", async () => {
    const { hits } = await searched({ widget: { attributes: "heading=\"4\"" } });
    assert.equal(await hits.getByRole("heading", { level: 4 }).count(), await hits.count());
  });

  test("2.4.11: the active option of a long list is in view", async () => {
    api.on.suggest = () => suggested(Array.from({ length: 20 }, (_, number) => suggestion(`private ${number}`)));
    const { page, input } = await suggesting({ context: { viewport: { width: 320, height: 400 } } });
    for (const key of ["ArrowUp", ...Array(21).fill("ArrowDown"), "ArrowUp"]) {
      await input.press(key);
      assert.equal((await combobox(page)).isVisible, true, key);
    }
  });

  test("2.5.3: names hold what is seen", async () => {
    const { page, hits } = await searched();
    for (const summary of await hits.locator("summary").all()) assert.ok((await summary.getAttribute("aria-label")).startsWith(await summary.textContent()));
    assert.equal(await page.getByRole("search").getAttribute("aria-label"), await page.locator("[part=label]").textContent());
  });

  test("2.5.8: targets are 24 pixels high and wide", async () => {
    const { page } = await everything({ context: { viewport: { width: 320, height: 800 } } });
    const small = await page.evaluate(() => [...document.querySelector("rcp-search").shadowRoot.querySelectorAll("a, button, input, summary, [role=option]")]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ what: element.outerHTML.slice(0, 80), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24).map(({ what, box }) => `${what} ${box.width}x${box.height}`));
    assert.deepEqual(small, []);
  });

  test("3.1.2: languages of the widget, of titles and of passages are marked", async () => {
    api.on.search = () => found([hit("a", { title: "Título", languages: ["es"], passages: [passage("a", "p1", "texte", { lang: "fr" })] }), hit("b", { title: "Title/Título", languages: ["en", "es"] })]);
    const { page, hits } = await searched({ widget: { attributes: "ui=\"fr\"" } });
    assert.equal(await page.locator("[part=root]").getAttribute("lang"), "fr");
    const languages = await hits.getByRole("heading").getByRole("link").evaluateAll((links) => links.map((link) => link.lang));
    assert.deepEqual(languages, ["es", ""]);
    assert.equal(await hits.locator("[part=passage] > [part=text]").first().getAttribute("lang"), "fr");
  });

  test("3.2.1, 3.2.2: neither the focus nor typing searches or leads away", async () => {
    const { page, input } = await suggesting();
    await input.press("ArrowDown");
    await input.blur();
    assert.deepEqual([api.asked("search"), await page.getByRole("link", { name: "Open the full search" }).count()], [[], 0]);
  });

  test("3.3.1: an error is said in words, and belongs to the box", async () => {
    api.on.search = () => ({ status: 400, body: problem(400, "q is longer than 2,000 bytes; shorten it") });
    const { page, input } = await searched();
    assert.equal(await input.evaluate((node) => node.getRootNode().getElementById(node.getAttribute("aria-describedby")).textContent), "q is longer than 2,000 bytes; shorten it");
    assert.equal(await page.getByRole("alert").count(), 1);
  });

  test("3.3.7: what is typed stays, whatever the site changes", async () => {
    const { page, input } = await searched();
    await page.evaluate(() => document.querySelector("rcp-search").setAttribute("rcp", "rcm"));
    await page.waitForRequest(/rcp=rcm/).catch(() => {});
    assert.equal(await input.inputValue(), "private sector");
  });

  test("4.1.3: the regions that speak are there and empty at first, and typing does not make them speak", async () => {
    const { page, input, options } = await open();
    const regions = page.locator("rcp-search").locator("[role=status], [role=alert]");
    assert.deepEqual(await regions.allTextContents(), ["", "", ""]);
    await page.evaluate(() => {
      globalThis.spoken = [];
      const regions = document.querySelector("rcp-search").shadowRoot.querySelectorAll("[role=status], [role=alert]");
      const observer = new MutationObserver((changes) => globalThis.spoken.push(...changes.map(({ target }) => target.textContent)));
      for (const region of regions) observer.observe(region, { childList: true, characterData: true, subtree: true });
    });
    await input.pressSequentially("private");
    await options.first().waitFor();
    await input.press("ArrowDown");
    assert.deepEqual(await page.evaluate(() => globalThis.spoken), []);
    await search({ page, input }, "private sector");
    assert.deepEqual((await page.evaluate(() => globalThis.spoken)).at(-1), "3 documents");
  });

  test("nothing moves for those who want no motion, nor for anyone", async () => {
    const { page } = await everything({ context: { reducedMotion: "reduce" } });
    const moving = await page.evaluate(() => [...document.querySelector("rcp-search").shadowRoot.querySelectorAll("*")]
      .filter((element) => getComputedStyle(element).transitionDuration !== "0s" || getComputedStyle(element).animationName !== "none").length);
    assert.equal(moving, 0);
  });

  test("with the colours of the system, borders and the active option are still seen", async () => {
    const { page } = await everything({ context: { forcedColors: "active" } });
    const [option] = await colors(page, "[aria-selected=true]");
    const [box] = await colors(page, "input");
    assert.deepEqual([option.outlineStyle, contrast(option.outline, option.around) >= 3, contrast(box.border, box.around) >= 3], ["solid", true, true]);
  });
});
