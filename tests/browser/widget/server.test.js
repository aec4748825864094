// The widget from the real server, in a page of another origin.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { startBrowser } from "../support/browser.js";
import { startServer } from "../support/server.js";
import { MODULE, integrity } from "./api.js";
import { open as openPage, startSite, texts } from "./page.js";

let browser, server, site, newest;
before(async () => {
  [browser, server, site] = await Promise.all([startBrowser(), startServer(), startSite()]);
  const { versions } = await (await fetch(`${server.address}/widget/versions.json`)).json();
  [newest] = versions;
});
after(() => Promise.all([browser?.close(), server?.stop(), site?.close()]));

/** Opens a page with the newest version by what the server says of it; it may not have failed. */
function check(name, attributes, steps) {
  test(name, async () => {
    const widget = await openPage({ browser, site, server: server.address }, { widget: { attributes, module: newest.url, integrity: newest.integrity } });
    await steps(widget);
    assert.deepEqual(widget.trouble, []);
    await widget.close();
  });
}

test("the newest version is the module that these tests are about", () => {
  assert.equal(newest.integrity, integrity(MODULE));
});

test("a version is kept for good, what is newest for a minute", async () => {
  for (const [path, control] of [[newest.url, "public, max-age=31536000, immutable"], ["/widget/rcp-search.js", "public, max-age=60, must-revalidate"]]) {
    const response = await fetch(`${server.address}${path}`);
    assert.deepEqual([response.status, response.headers.get("cache-control")], [200, control], path);
    assert.equal(await response.text(), MODULE.toString());
  }
});

check("someone types, chooses, reads, and goes to the paragraph", "", async ({ page, input, options, hits, status, violations }) => {
  await input.pressSequentially("priv");
  await options.first().waitFor();
  await input.fill("private sector");
  await input.press("Enter");
  await hits.first().waitFor();
  assert.equal(await status.textContent(), "6 documents");
  assert.deepEqual((await texts(hits.first().locator("mark"))).slice(0, 2), ["private", "sector"]);
  const place = hits.first().locator("a[href*='#']").first();
  const address = await place.getAttribute("href");
  assert.match(address, /\/documents\/meeting-\d{4}#[pn]\d+$/);
  assert.deepEqual(await violations(), []);
  await place.click();
  await page.waitForURL(/\/documents\/meeting-\d{4}/);
});

check("the latest documents of a process, more of them, and labels in its language", "mode=\"list\" rcp=\"rcm\" limit=\"3\" lang=\"fr\"", async ({ hits, more }) => {
  await hits.first().waitFor();
  const years = (titles) => titles.map((title) => title.match(/\d{4}/)[0]);
  assert.deepEqual(years(await texts(hits.getByRole("heading"))), ["2010", "2007", "2004"]);
  assert.match(await hits.first().locator("[part=meta]").textContent(), /^Conférence régionale sur la migration.* · Rapport de synthèse · \d+ mai 2010$/);
  await more.click();
  await hits.nth(3).waitFor();
  assert.deepEqual(years(await texts(hits.getByRole("heading"))), ["2010", "2007", "2004", "2001"]);
});

check("a filter that the server does not know is said", "rcp=\"bali\" q=\"asylum\"", async ({ alert, page }) => {
  await page.getByRole("alert").filter({ hasText: "rcp has no value \"bali\"" }).waitFor();
  assert.match(await alert.textContent(), /bali/);
});
