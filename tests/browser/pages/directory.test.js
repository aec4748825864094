// The pages about the whole collection: by keyboard, without script, their colours and sizes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { HOSTILE } from "./corpus.js";
import { open, overflow } from "./harness.js";
import { contrast } from "../support/seen.js";

const noScript = { context: { javaScriptEnabled: false } };

/** Presses Tab until the focus is on what a selector names. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`no Tab leads to ${selector}`);
}

test("a comparison is made by keyboard, and its cells are reached", async () => {
  const page = await open("/compare");
  await tabTo(page, "#q");
  await page.keyboard.type("private sector");
  await tabTo(page, "#rows");
  await page.keyboard.type("Theme");
  await page.keyboard.press("Enter");
  await tabTo(page, "form.compare button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=private\+sector&rows=theme/);
  assert.match(await page.title(), /^private sector – Theme × Year – Compare – rcp-search$/);
  await tabTo(page, ".heat a.b");
  await page.keyboard.press("Enter");
  await page.waitForURL(/cell=.*#best$/);
  assert.match(await page.locator("#best blockquote").textContent(), /private sector/);
  assert.ok(await page.locator("#best").isVisible());
});

test("everything of a comparison works without script", async () => {
  const page = await open("/compare", noScript);
  await page.fill("#q", "consular");
  await page.selectOption("#measure", "share");
  await page.click("form.compare button");
  assert.match(page.url(), /q=consular.*measure=share/);
  await page.locator(".heat tbody a.b").first().click();
  assert.equal(await page.locator("#best mark").first().textContent(), "Consular");
  assert.equal(await page.locator(".heat td[aria-current]").count(), 1);
});

test("names are found in the directory without script, and lead to their pages and meetings", async () => {
  const page = await open("/processes", noScript);
  await page.fill("#find", "puebla");
  await page.click(".narrow-down button");
  assert.equal(await page.locator(".directory tbody tr").count(), 1);
  await page.click(".directory tbody th a");
  assert.equal(await page.locator("h1").textContent(), "Regional Conference on Migration (RCM)");
  assert.deepEqual(await page.locator(".years .y").allTextContents(), ["2010", "2011", "2012", "2013"]);
  await page.click("text=Meeting 16");
  assert.equal(await page.locator("[rel=next]").textContent(), "Meeting 17 of the Regional Conference on Migration");
});

test("the language that was chosen stays in links and forms", async () => {
  const page = await open("/processes?ui=es", noScript);
  await page.fill("#find", "bali");
  await page.click(".narrow-down button");
  assert.equal(await page.getAttribute("html", "lang"), "es");
  await page.click(".directory tbody th a");
  assert.equal(await page.getAttribute("html", "lang"), "es");
});

for (const colorScheme of ["light", "dark"]) {
  test(`each step of the heat map bears its text and differs from its neighbours, ${colorScheme}`, async () => {
    const page = await open("/compare", { context: { colorScheme } });
    const steps = await page.evaluate(() => Array.from({ length: 7 }, (_, number) => {
      const cell = document.querySelector(".heat tbody tr").insertCell();
      cell.className = `s${number + 1}`;
      const { color, backgroundColor } = getComputedStyle(cell);
      return [color, backgroundColor];
    }));
    for (const [number, [text, back]] of steps.entries()) {
      assert.ok(contrast(text, back) >= 4.5, `step ${number + 1}: ${contrast(text, back)}`);
      if (number > 0) assert.ok(contrast(back, steps[number - 1][1]) > 1.08, `steps ${number} and ${number + 1} look alike`);
    }
  });
}

test("every cell and bar can be hit with a finger", async () => {
  for (const [path, links] of [["/compare?q=private+sector", ".heat td a"], ["/processes/rcm", ".years a"]]) {
    const page = await open(path, { context: { viewport: { width: 320, height: 800 } } });
    const sizes = await page.locator(links).evaluateAll((all) => all.map((link) => {
      const { width, height } = link.getBoundingClientRect();
      return Math.min(width, height);
    }));
    assert.ok(sizes.length > 2 && sizes.every((size) => size >= 24), `${path}: ${sizes}`);
  }
});

test("the names of rows stay in sight while the table scrolls in its region", async () => {
  const page = await open("/compare?rows=theme&limit_cols=50", { context: { viewport: { width: 320, height: 800 } } });
  assert.deepEqual(await overflow(page), []);
  const region = page.locator(".scroll");
  await region.focus();
  await page.keyboard.press("End");
  await region.evaluate((element) => { element.scrollLeft = 200; });
  const [head, box] = await Promise.all([page.locator(".heat tbody th").first().boundingBox(), region.boundingBox()]);
  assert.ok(Math.abs(head.x - box.x) < 2, `${head.x} ${box.x}`);
});

test("the name of a hostile meeting and the title of its document are text", async () => {
  const page = await open("/events/bali-process-6");
  const shown = (await page.locator("h1").textContent()).replace(/\s+/g, " ");
  assert.ok(shown.includes(HOSTILE.slice(0, 40)), shown);
  assert.equal(await page.locator("main img, main script").count(), 0);
  for (const path of ["/processes/bali-process", "/compare?rows=event", "/compare?q=gate&cell=bali-process,2014"]) {
    const other = await open(path);
    assert.equal(await other.locator("main img, main script").count(), 0, path);
  }
});
