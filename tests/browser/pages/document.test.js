// The page of a document and that of citations, in a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, inEveryLook, open, overflow, server } from "./harness.js";
import { HOSTILE } from "./corpus.js";

const LONG = "/documents/bali-process-report-2016";

const hash = (page) => page.evaluate(() => location.hash);

/** Whether an element is in the window as a whole. */
const isSeen = (page, selector) => page.locator(selector).evaluate((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
});

/** Presses Tab until what has the focus is called so; what is passed on the way has to show that it has the focus. */
async function tabTo(page, name) {
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => ({
      name: document.activeElement.textContent.trim(),
      outline: getComputedStyle(document.activeElement).outlineStyle,
    }));
    assert.notEqual(focused.outline, "none", focused.name);
    if (focused.name === name) return;
  }
  assert.fail(`nothing called ${name}`);
}

test("by keyboard alone a reader steps through matches and copies a citation", async () => {
  const context = { permissions: ["clipboard-read", "clipboard-write"] };
  const page = await open(`${LONG}?q=returns`, { context });
  await tabTo(page, "Copy");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator("#cite-plain").textContent());
  await tabTo(page, "To the first one");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash === "#p1");
  assert.equal(await page.locator("nav.matches [role=status]").textContent(), "1 of 12");
  await page.keyboard.press("Alt+ArrowDown");
  assert.equal(await hash(page), "#p6");
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowUp");
  assert.equal(await hash(page), "#p6");
  assert.equal(await page.locator("nav.matches [role=status]").textContent(), "2 of 12");
  // Letters are left to the reader.
  for (const key of ["n", "p", "j", "k", "/"]) await page.keyboard.press(key);
  assert.equal(await hash(page), "#p6");
});

test("a list of citations is copied a line each, once", async () => {
  const page = await open("/cite?document=rcm-meeting-2010&document=rcm-meeting-2011", { context: { permissions: ["clipboard-read", "clipboard-write"] } });
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  const items = await page.locator("#cite-plain li").allTextContents();
  assert.equal(items.length, 2);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), items.map((item) => item.trim()).join("\n"));
  await page.getByRole("button", { name: "Copy", exact: true }).waitFor();
});

test("the buttons step and keep the focus, and the ends stay put", async () => {
  const page = await open(`${LONG}?q=returns`);
  const next = page.getByRole("button", { name: "Next match" });
  await next.focus();
  for (let step = 0; step < 14; step += 1) await page.keyboard.press("Enter");
  assert.equal(await hash(page), "#p56");
  assert.equal(await page.locator("nav.matches [role=status]").textContent(), "12 of 12");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.step), "1");
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector("#p56").getBoundingClientRect();
    return top >= 0 && bottom <= document.querySelector(".stepper").getBoundingClientRect().top;
  });
});

test("without script matches are marked, counted and stepped through by links", async () => {
  const page = await open(`${LONG}?q=returns`, { context: { javaScriptEnabled: false } });
  assert.equal(await page.locator("nav.matches h2").textContent(), "12 paragraphs with “returns”");
  assert.equal(await page.locator(".passage.match mark").count(), 12);
  assert.equal(await page.locator(".stepper").isVisible(), false);
  assert.equal(await page.locator("button.copy:visible").count(), 0);
  await page.getByRole("link", { name: "To the first one" }).click();
  await page.locator("#p1").getByRole("link", { name: "Next match" }).click();
  assert.match(page.url(), /#p6$/);
  await page.locator("#p6").getByRole("link", { name: "Previous match" }).click();
  assert.match(page.url(), /#p1$/);
  await page.locator("#p1 .cite").click();
  assert.match(await page.locator("#cite-plain").textContent(), /item 1/);
  assert.match(await page.locator("#cite-ris").textContent(), /^TY {2}- RPRT/);
});

test("a permanent address of a paragraph scrolls to it and highlights it", async () => {
  const page = await open(`${LONG}#p40`);
  await page.waitForFunction(() => scrollY > 100);
  await page.waitForTimeout(600);
  assert.equal(await isSeen(page, "#p40"), true);
  const shadow = (selector) => page.locator(selector).evaluate((element) => getComputedStyle(element).boxShadow);
  assert.notEqual(await shadow("#p40"), "none");
  assert.equal(await shadow("#p41"), "none");
});

test("paragraphs, evidence and lists of a hostile document show as text", async () => {
  const page = await open("/documents/hostile-title?q=gate");
  assert.match(await page.locator("h1").textContent(), /<script>alert\('x'\)<\/script>/);
  assert.equal(await page.locator("#p1 p").textContent().then((text) => text.includes(HOSTILE.replace(/[\u202E\u2066]/g, ""))), true);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.equal(JSON.parse(await page.locator("script[type='application/ld+json']").textContent()).name.includes("</title>"), true);
  const cite = await open("/cite?document=hostile-title&passage=hostile-title%23p1&ref=hostile-title");
  assert.equal(await cite.locator("main img, main script").count(), 0);
  assert.match(await cite.locator("#cite-plain").textContent(), /<script>/);
});

test("a reference is resolved on the page of citations, in the language of the reader", async () => {
  const page = await open("/cite?ui=es");
  await page.getByLabel("Referencia").fill("rcm-meeting-2011, para. 3");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Se refiere a esto" }).waitFor();
  await page.locator(".found a").first().click();
  assert.equal(page.url(), `${server.address}/documents/rcm-meeting-2011?passage=p3&ui=es#p3`);
});

test("a page prints its citation and text without what is for the screen", async () => {
  const page = await open(`${LONG}?q=returns`);
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".stepper", "nav.matches", ".tools >> nth=0", ".forms >> nth=0"]) {
    assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  }
  assert.equal(await page.locator("#cite-plain").isVisible(), true);
  assert.equal(await page.locator("#p60").isVisible(), true);
});

for (const [name, path] of Object.entries({
  "a document with matches": `${LONG}?q=returns#p6`,
  "a document in another language": "/documents/sacm-declaration-2009-es?q=migrantes",
  "citations": "/cite?document=rcm-meeting-2010&passage=rcm-meeting-2011%23p3&ref=RCM",
})) {
  test(`axe finds nothing in ${name}, and nothing is too wide`, () => inEveryLook(async (options, look) => {
    const page = await open(path, options);
    for (const details of await page.locator("main details").all()) await details.evaluate((element) => { element.open = true; });
    assert.deepEqual(await complaints(page), [], look);
    assert.deepEqual(await overflow(page), [], look);
  }));
}
