// What WCAG 2.2 AA asks of what is seen on the pages, as far as a script can tell, each by its number. What axe finds is in
// axe.test.js; using and understanding the pages have files of their own.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { contrast, seen } from "../support/seen.js";
import { clipped, open, overflow, restyle } from "./harness.js";
import { PAGES, REFUSED } from "./kinds.js";

const WIDE = { viewport: { width: 1280, height: 800 } };
const MARKED = ["/search?q=seasonal+work", "/search?q=migrants", "/documents/rcm-meeting-2010?q=seasonal", "/documents/sacm-declaration-2009-es?q=migrants", "/compare?q=private+sector&cell=rcm,2013", "/help"];

/** A search page whose suggestions are open, the second of them active. */
async function suggesting(context) {
  const page = await open("/search", { context });
  await page.locator("#q").fill("migra");
  await page.locator("#q").press("ArrowDown");
  await page.locator("[role=option]").nth(1).waitFor();
  await page.keyboard.press("ArrowDown");
  return page;
}

/** Opens every `<details>` of a page. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));

describe("WCAG 2.2, what is seen", () => {
  test("1.3.1, 4.1.2: every facet is a group with a name, and the names of its boxes hold their counts", async () => {
    const page = await open("/search?q=migrants", { context: WIDE });
    for (const name of ["Process", "Theme", "Document type", "Year", "Words that must match"]) {
      assert.equal(await page.getByRole("group", { name, exact: true }).count(), 1, name);
    }
    const groups = await page.locator("fieldset").evaluateAll((all) => all.map((group) => group.querySelector("legend")?.textContent.trim()));
    assert.equal(new Set(groups).size, groups.length);
    assert.ok(groups.every(Boolean), String(groups));
    const boxes = await page.locator(".facet input[type=checkbox]").evaluateAll((all) => all.map((box) => box.labels[0]?.textContent.replace(/\s+/g, " ").trim()));
    assert.ok(boxes.length > 8 && boxes.every((name) => /\p{L}.* [\d,]+$/u.test(name)), boxes.join("\n"));
    assert.equal(await page.getByRole("checkbox", { name: /^South American Conference on Migration.* \d+$/ }).count(), 1);
    const bars = await page.locator(".bars a").evaluateAll((all) => all.map((bar) => bar.textContent));
    assert.ok(bars.length > 0 && bars.every((name) => /^\d{4}.*: \d+$/.test(name)), String(bars));
  });

  test("1.3.1, 4.1.2: every control of every page has a name", async () => {
    const controls = "button|link|textbox|searchbox|checkbox|radio|combobox|spinbutton|group|region|navigation|search|table";
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      await unfold(page);
      const lines = (await page.locator("body").ariaSnapshot()).split("\n").map((line) => line.trim());
      const found = lines.filter((line) => new RegExp(`^- '?(${controls})\\b`).test(line));
      // A table and a group of details may go without.
      const nameless = found.filter((line) => !/^- '?\w+ ["/]/.test(line) && !/^- '?(table|group)\b/.test(line));
      assert.ok(found.length > 10, name);
      assert.deepEqual(nameless, [], name);
    }
  });

  test("1.3.5: no field asks for what is personal, and browsers fill in none", async () => {
    let fields = 0;
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED });
      const found = await page.locator("input:not([type=hidden], [type=checkbox], [type=radio], [type=number])").evaluateAll((all) => all.map((input) => input.autocomplete));
      assert.ok(found.every((word) => word === "off"), `${name}: ${found}`);
      assert.equal(await page.locator("[autocomplete]:not([autocomplete=off])").count(), 0, name);
      fields += found.length;
    }
    assert.ok(fields > 20);
  });

  test("1.4.1: a match is told by more than its colour", async () => {
    for (const path of MARKED) {
      const page = await open(path);
      await unfold(page);
      const marks = await page.locator("mark").evaluateAll((all) => all.map((mark) => {
        const [own, around] = [mark, mark.parentElement].map((element) => getComputedStyle(element));
        return { what: mark.parentElement.outerHTML.slice(0, 120), bolder: own.fontWeight - around.fontWeight, line: own.textDecorationLine };
      }));
      assert.ok(marks.length > 0, path);
      for (const { what, bolder, line } of marks) assert.ok(bolder >= 200 || line === "underline", `${path}: ${what}`);
    }
    const page = await suggesting();
    const weights = await page.locator("[role=option] mark").evaluateAll((all) => all.map((mark) => getComputedStyle(mark).fontWeight - getComputedStyle(mark.parentElement).fontWeight));
    assert.ok(weights.length > 0 && weights.every((bolder) => bolder >= 200), String(weights));
  });

  test("1.4.1: links in sentences, the current choice and wrong fields are told by more than their colour", async () => {
    const page = await open("/help");
    const lines = await page.locator("main p a").evaluateAll((all) => all.map((link) => getComputedStyle(link).textDecorationLine));
    assert.ok(lines.length > 0 && lines.every((line) => line === "underline"), String(lines));
    const search = await open("/search?q=migrants&sort=date");
    const current = await search.locator(".choices [aria-current]").evaluateAll((all) => all.map((link) => [getComputedStyle(link).fontWeight, getComputedStyle(link).textDecorationLine]));
    assert.deepEqual(current, [["600", "underline"], ["600", "underline"]]);
    const refused = await open("/search?year_from=x", { expects: REFUSED });
    assert.equal(await refused.locator("#year_from").getAttribute("aria-invalid"), "true");
    assert.match(await refused.locator("#wrong-year_from").textContent(), /^year_from /);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`1.4.3: text of every page stands out from what is behind it (${colorScheme})`, async () => {
      for (const [name, path] of Object.entries(PAGES)) {
        const page = await open(path, { expects: REFUSED, context: { colorScheme, ...WIDE } });
        await unfold(page);
        const texts = (await seen(page, "body *")).filter(({ text }) => text);
        assert.ok(texts.length > 15, name);
        for (const { what, color, back } of texts) assert.ok(contrast(color, back) >= 4.5, `${name}: ${what} ${color} on ${back}`);
        for (const { what, placeholder, back } of await seen(page, "input[placeholder]")) assert.ok(contrast(placeholder, back) >= 4.5, `${name}: ${what} ${placeholder} on ${back}`);
      }
    });

    test(`1.4.3: suggestions, their marks and their counts stand out too, active or under the pointer (${colorScheme})`, async () => {
      const page = await suggesting({ colorScheme });
      await page.locator("[role=option]").first().hover();
      const texts = await seen(page, "[role=option], [role=option] *");
      assert.ok(texts.length > 8 && texts.some(({ what }) => what.startsWith("<mark")) && texts.some(({ what }) => what.includes("count")));
      for (const { what, color, back } of texts) assert.ok(contrast(color, back) >= 4.5, `${what} ${color} on ${back}`);
      const [active] = await seen(page, "[aria-selected=true]");
      const [list] = await seen(page, "[role=listbox]");
      assert.ok(contrast(active.back, list.back) >= 3, `the active one on ${list.back}`);
    });

    test(`1.4.11: borders of fields and buttons are seen (${colorScheme})`, async () => {
      let checked = 0;
      for (const path of ["/", "/search?q=migrants&rcp=sacm", "/search?year_from=x", "/documents/rcm-meeting-2010?q=seasonal", "/cite", "/compare", "/processes"]) {
        const page = await open(path, { expects: REFUSED, context: { colorScheme, ...WIDE } });
        await unfold(page);
        for (const { what, border, back, around } of await seen(page, "input:not([type=checkbox], [type=radio]), select, button, .button, .chip, .suggestions")) {
          // A button that is filled is seen by what fills it.
          assert.ok(Math.max(contrast(border, around), contrast(back, around)) >= 3, `${path}: ${what} ${border} on ${around}`);
          checked += 1;
        }
      }
      assert.ok(checked > 25);
      const page = await suggesting({ colorScheme });
      const [list] = await seen(page, "[role=listbox]");
      assert.ok(contrast(list.border, list.back) >= 3);
    });
  }

  test("1.4.4: text of twice the size is all there", async () => {
    for (const [name, path] of Object.entries(PAGES)) {
      const page = await open(path, { expects: REFUSED, context: WIDE });
      await restyle(page, "html { font-size: 200% }");
      assert.deepEqual(await overflow(page), [], name);
      assert.deepEqual(await clipped(page), [], name);
    }
  });

  for (const width of [320, 1280]) {
    test(`1.4.12: text may be spaced (${width} pixels)`, async () => {
      for (const [name, path] of Object.entries(PAGES)) {
        const page = await open(path, { expects: REFUSED, context: { viewport: { width, height: 800 } } });
        await restyle(page, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
        assert.deepEqual(await overflow(page), [], name);
        assert.deepEqual(await clipped(page), [], name);
      }
    });
  }

  test("1.4.10: wide tables scroll in a region of their own, which the keyboard reaches", async () => {
    for (const path of ["/compare?limit_cols=50", "/processes", "/help", "/processes/rcm"]) {
      const page = await open(path, { context: { viewport: { width: 320, height: 800 } } });
      const regions = await page.locator(".scroll").evaluateAll((all) => all.map((region) => [region.tabIndex, region.role, region.ariaLabel || document.getElementById(region.getAttribute("aria-labelledby"))?.textContent]));
      assert.ok(regions.length > 0 && regions.every(([tab, role, label]) => tab === 0 && role && label), `${path}: ${regions}`);
    }
  });

  test("1.4.13: suggestions stay under the pointer, and Escape dismisses them without moving the focus", async () => {
    const page = await suggesting();
    const option = page.locator("[role=option]").nth(1);
    await option.hover();
    await page.waitForTimeout(400);
    assert.equal(await option.isVisible(), true);
    await page.mouse.move(5, 5);
    await page.waitForTimeout(400);
    assert.equal(await option.isVisible(), true, "nothing but the reader closes them");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("[role=listbox]").isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.id), "q");
    assert.equal(await page.locator("#q").inputValue(), "migra");
  });

  test("2.3.3: nothing moves for those who want no motion", async () => {
    const page = await open("/search?q=migrants", { context: { reducedMotion: "reduce" } });
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
      return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
    }).length);
    assert.equal(moving, 0);
  });

  test("with the colours of the system, fields, chips and the active suggestion are still seen", async () => {
    const page = await suggesting({ forcedColors: "active" });
    const [box] = await seen(page, "#q");
    const [active] = await seen(page, "[aria-selected=true]");
    const [list] = await seen(page, "[role=listbox]");
    assert.ok(contrast(box.border, box.around) >= 3);
    assert.ok(active.outlineStyle === "solid" && contrast(active.outline, list.back) >= 3 || contrast(active.back, list.back) >= 3, `${active.back} on ${list.back}`);
  });
});
