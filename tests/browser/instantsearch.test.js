// The real instantsearch.js, from another site, against the real server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openPage, startBrowser } from "./support/browser.js";
import { documents } from "./support/corpus.js";
import { startServer } from "./support/server.js";
import { startSite } from "./support/site.js";

let browser, server, site;
before(async () => {
  [server, site, browser] = await Promise.all([startServer(), startSite("instantsearch"), startBrowser()]);
});
after(() => Promise.all([browser?.close(), server?.stop(), site?.stop()]));

/** Opens the page, and calls `steps` with it once it shows hits; the page may not have failed. */
function check(name, steps) {
  test(name, async () => {
    const { page, problems } = await openPage(browser, `${site.address}/?server=${encodeURIComponent(server.address)}`);
    await page.waitForSelector(".ais-Hits-item");
    await steps(page);
    assert.deepEqual(problems, []);
    await page.close();
  });
}

/** Waits until the page says so many results. */
async function results(page, count) {
  const expected = count === 0 ? "No results" : count === 1 ? "1 result" : `${count} results`;
  await page.waitForFunction((text) => document.querySelector("#stats").textContent.trim().startsWith(text), expected);
  await page.waitForFunction(() => search.status === "idle");
}

const texts = (page, selector) => page.locator(selector).allTextContents().then((all) => all.map((text) => text.trim()));
const titles = (page) => texts(page, "#hits h2");
const type = (page, text) => page.fill("#search input", text);


check("hits are highlighted, and text stays text", async (page) => {
  await type(page, "sovereignty borders");
  await results(page, 12);
  const hit = page.locator(".ais-Hits-item").first();
  assert.deepEqual(await hit.locator("h2 mark").allTextContents(), ["borders"]);
  assert.ok((await hit.locator("p mark").allTextContents()).includes("sovereignty"));
  assert.match(await hit.locator("p").textContent(), /of fewer steps \(3 < 4\) & of the dignity/);
  assert.match(await hit.locator("h2").textContent(), /on borders & gates$/);
  assert.match(await hit.locator("cite").textContent(), /Meeting of/);
  await type(page, "zzyzx");
  await results(page, 0);
});

check("a list of values is chosen from, by OR, and counts on", async (page) => {
  await page.locator("#processes input[type=checkbox]").first().click();
  await results(page, 4);
  assert.equal(await page.locator("#processes input[type=checkbox]").count(), 3, "the other values stay");
  await page.locator("#processes input[type=checkbox]:not(:checked)").first().click();
  await results(page, 8);
  assert.deepEqual(await texts(page, "#processes .ais-RefinementList-count"), ["4", "4", "4"]);
  await type(page, "private sector");
  await results(page, 4);
});

check("values are searched for inside a list", async (page) => {
  const one = () => document.querySelectorAll("#processes .ais-RefinementList-item").length === 1;
  await page.fill("#processes input[type=search]", "south");
  await page.waitForSelector("#processes mark");
  assert.deepEqual(await texts(page, "#processes mark"), ["South"]);
  await page.waitForFunction(one);
  await page.fill("#processes input[type=search]", "puebla");
  await page.waitForFunction(() => document.querySelectorAll("#processes mark").length === 0);
  await page.waitForFunction(one);
  await page.locator("#processes input[type=checkbox]").click();
  await results(page, 4);
});

check("a hierarchy is walked down and up", async (page) => {
  const items = () => texts(page, "#themes .ais-HierarchicalMenu-label");
  assert.equal((await items()).length, 3);
  const parent = page.locator("#themes a", { has: page.locator(".ais-HierarchicalMenu-count", { hasText: "6" }) });
  await parent.click();
  await results(page, 6);
  const child = page.locator("#themes .ais-HierarchicalMenu-list--child a");
  assert.equal(await child.locator(".ais-HierarchicalMenu-count").textContent(), "3");
  await child.click();
  await results(page, 3);
  assert.equal((await items()).length, 4, "the siblings of the parent stay");
  await child.click();
  await results(page, 6);
});

check("years are a range with its ends from the index", async (page) => {
  const [from, to] = [page.locator("#years input").nth(0), page.locator("#years input").nth(1)];
  assert.deepEqual([await from.getAttribute("min"), await to.getAttribute("max")], ["2001", "2012"]);
  await from.fill("2004");
  await to.fill("2006");
  await page.click("#years button");
  await results(page, 3);
  assert.deepEqual((await titles(page)).sort(), documents.slice(3, 6).map((document) => document.title));
  assert.equal(await page.locator("#slider .rheostat-handle").first().getAttribute("aria-valuenow"), "2004");
});

check("the order is chosen by the name of the index", async (page) => {
  await page.selectOption("#sort select", "documents_date_desc");
  await page.waitForFunction(() => document.querySelector("#hits h2").textContent.includes("2012"));
  await page.selectOption("#sort select", "documents_date_asc");
  await page.waitForFunction(() => document.querySelector("#hits h2").textContent.includes("2001"));
  assert.deepEqual(await titles(page), documents.slice(0, 5).map((document) => document.title));
});

check("pages give every document once", async (page) => {
  const seen = [];
  for (const number of [1, 2, 3]) {
    await page.locator("#pages a", { hasText: new RegExp(`^${number}$`) }).click();
    await page.waitForFunction((wanted) => search.helper.lastResults.page === wanted && search.status === "idle", number - 1);
    seen.push(...(await titles(page)));
  }
  assert.deepEqual(seen.sort(), documents.map((document) => document.title));
  assert.equal(await page.locator("#pages .ais-Pagination-item--page").count(), 3);
});

check("everything at once is answered from one request", async (page) => {
  await page.locator("#years input").nth(1).fill("2010");
  await page.click("#years button");
  await results(page, 10);
  await page.locator("#processes input[type=checkbox]").first().click();
  await page.waitForFunction(() => search.helper.lastResults.nbHits < 10 && search.status === "idle");
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.locator("#themes a").first().click();
  const requests = (await sent).postDataJSON();
  assert.ok(requests.length >= 4, `${requests.length} requests in one body`);
  // The count of what is chosen becomes that of the hits, once the page shows them.
  await page.waitForFunction(() => {
    const refined = document.querySelector("#themes .ais-HierarchicalMenu-item--selected .ais-HierarchicalMenu-count");
    return search.status === "idle" && refined?.textContent === String(search.helper.lastResults.nbHits);
  });
});
