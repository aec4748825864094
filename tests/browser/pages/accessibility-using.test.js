// What WCAG 2.2 AA asks of using the pages: by keyboard, by pointer, where the focus goes and what is named how.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { reachable, walk } from "../support/keyboard.js";
import { contrast } from "../support/seen.js";
import { open } from "./harness.js";
import { PAGES, REFUSED } from "./kinds.js";

const SMALL = { viewport: { width: 320, height: 500 }, reducedMotion: "reduce" };
const WIDE = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" };

/** The pages that differ most by keyboard. */
const WALKED = ["the first page", "a search", "no results", "a document with matches", "citations", "a comparison with the best paragraph of a cell", "a process", "what is here", "an error"];

/** Complains of a stop whose focus is not seen, or that is behind something. */
function check(stop, name) {
  const said = `${name}: ${stop.what}`;
  assert.ok(stop.outlineStyle !== "none" && stop.ring >= 2, `${said} has no ring`);
  const behind = stop.isRingInside ? stop.back : stop.around;
  assert.ok(contrast(stop.outline, behind) >= 3, `${said}: ${stop.outline} on ${behind}`);
  assert.ok(stop.isInView, `${said} is not in view`);
  assert.ok(stop.isOnTop, `${said} is behind something`);
}

describe("WCAG 2.2, using the pages", () => {
  for (const [look, context] of [["narrow, light", SMALL], ["wide, dark", { ...WIDE, colorScheme: "dark" }]]) {
    test(`1.4.11, 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11: Tab reaches every control in its order, is seen there, and comes out (${look})`, async () => {
      for (const name of WALKED) {
        const page = await open(PAGES[name], { expects: REFUSED, context });
        const expected = await reachable(page);
        assert.ok(expected.length > 10, name);
        for (const key of ["Tab", "Shift+Tab"]) {
          const stops = await walk(page, key, expected.length + 10);
          const places = stops.map((stop) => stop.place).filter((place) => place >= 0);
          const inOrder = expected.map((_, place) => place);
          if (key === "Shift+Tab") inOrder.reverse();
          assert.deepEqual(places.map((place) => expected[place]), inOrder.map((place) => expected[place]), `${name}, ${key}`);
          for (const stop of stops) check(stop, `${name}, ${key}`);
        }
      }
    });
  }

  test("2.1.1, 2.1.2: suggestions are left by Tab, and by Escape twice the words too", async () => {
    const page = await open("/search?q=migrants");
    const box = page.locator("#q");
    await box.fill("migra");
    await page.locator("[role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Search");
    assert.equal(await page.locator("[role=listbox]").isVisible(), false);
    assert.match(page.url(), /q=migrants$/);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await box.inputValue(), "");
  });

  test("2.1.4: no single key does anything outside of a field", async () => {
    for (const path of ["/search?q=migrants", "/documents/bali-process-report-2016?q=returns", "/compare?q=private+sector", "/"]) {
      const page = await open(path);
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.locator("header .name").focus();
      const state = () => page.evaluate(() => [document.activeElement.className, location.href, document.querySelector("[aria-expanded=true]")?.id ?? ""]);
      const before = await state();
      for (const key of ["/", "?", "s", "n", "p", "j", "k", "g", "h", "c", "Escape", "Digit1", "Backspace"]) await page.keyboard.press(key);
      assert.deepEqual([await state(), requests], [before, []], path);
    }
  });

  test("2.4.1: the first stop of every page skips to its content", async () => {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      await page.keyboard.press("Tab");
      const link = page.locator(":focus");
      assert.deepEqual([await link.textContent(), await link.isVisible()], ["Skip to the content", true], name);
      assert.ok((await link.boundingBox()).y >= 0, name);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.localName), "main", name);
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.closest("main, footer") !== null), name);
    }
  });

  test("2.4.1, 1.3.1: parts of a page that are landmarks are told apart by their names", async () => {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      const lines = (await page.locator("body").ariaSnapshot()).split("\n").map((line) => line.trim().replace(/:.*$/, ""));
      const landmarks = lines.filter((line) => /^- '?(banner|main|contentinfo|navigation|search|region|complementary|form)\b/.test(line));
      assert.equal(landmarks.filter((line) => /main/.test(line)).length, 1, name);
      assert.equal(new Set(landmarks).size, landmarks.length, `${name}: ${landmarks.join("\n")}`);
      assert.equal(await page.locator("h1").count(), 1, name);
    }
  });

  test("2.4.6: every result has a heading of its own, which names it", async () => {
    for (const path of ["/search?q=seasonal", "/search?q=seasonal&unit=passage", "/search"]) {
      const page = await open(path);
      const hits = page.locator(".hits > li");
      const [count, headings] = [await hits.count(), hits.getByRole("heading", { level: 3 })];
      assert.ok(count > 1);
      assert.equal(await headings.count(), count, path);
      assert.ok((await headings.allTextContents()).every((text) => text.trim()), path);
      const names = await page.locator(".hits article").evaluateAll((all) => all.map((article) => document.getElementById(article.getAttribute("aria-labelledby")) === article.querySelector("h3")));
      assert.ok(names.every(Boolean), path);
    }
  });

  test("2.4.11: what is chosen in a long list of suggestions is in view", async () => {
    const page = await open("/search", { context: { viewport: { width: 320, height: 300 } } });
    await page.locator("#q").fill("mi");
    await page.locator("[role=option]").first().waitFor();
    const count = await page.locator("[role=option]").count();
    assert.ok(count > 2);
    for (const key of ["ArrowUp", ...Array(count + 1).fill("ArrowDown")]) {
      await page.keyboard.press(key);
      const isShown = await page.evaluate(() => {
        const [option, list] = ["[aria-selected=true]", "[role=listbox]"].map((selector) => document.querySelector(selector).getBoundingClientRect());
        return option.top >= list.top - 1 && option.bottom <= list.bottom + 1;
      });
      assert.ok(isShown, key);
    }
  });

  test("2.5.3: names hold what is seen", async () => {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      const wrong = await page.evaluate(() => {
        const words = (element, isLeftOut) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          let text = "";
          while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(isLeftOut)) text += ` ${walker.currentNode.data}`;
          // Signs such as ✕ and ¶ are pictures.
          return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
        };
        return [...document.querySelectorAll("a, button, summary, select, input, [role=search], [role=region]")].filter((element) => {
          const labels = [...element.labels ?? []].map((label) => words(label, ".hidden, option")).join(" ");
          const shown = element.matches("a, button, summary") ? words(element, ".hidden") : labels;
          const label = element.getAttribute("aria-label")?.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
          const own = label ?? (element.matches("a, button, summary") ? words(element, "[aria-hidden=true]") : labels);
          return !own.includes(shown);
        }).map((element) => element.outerHTML.slice(0, 200));
      });
      assert.deepEqual(wrong, [], name);
    }
  });

  test("2.5.8: targets are 24 pixels high and wide, but for links in sentences", async () => {
    const all = [];
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED, context: SMALL });
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      const small = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
        .filter((element) => element.checkVisibility() && !element.closest(".hidden, .skip"))
        .filter((element) => {
          // A link is in a sentence where the line has words beside it that are no links.
          if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return true;
          const line = element.closest("p, li, dd, dt, td, th, h1, h2, h3, blockquote, small");
          const beside = [...line.childNodes].filter((node) => node !== element && !node.contains(element) && !node.matches?.("a, .hidden, details, ul"));
          return !/\p{L}/u.test(beside.map((node) => node.textContent).join(""));
        })
        .map((element) => ({ what: element.outerHTML.slice(0, 120), box: (element.closest("label") ?? element).getBoundingClientRect() }))
        .filter(({ box }) => box.width < 23.99 || box.height < 23.99).map(({ what, box }) => `${what} ${box.width}x${box.height}`));
      all.push(...small.map((what) => `${name}: ${what}`));
    }
    assert.deepEqual(all, []);
  });

  test("2.5.7: nothing has to be dragged", async () => {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      assert.equal(await page.locator("input[type=range], [draggable=true], [role=slider]").count(), 0, name);
    }
  });
});
