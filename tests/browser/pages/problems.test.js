// Pages when things go wrong: readable, in the language that was chosen, with a way on. Overload and failures within are in the
// tests of the server's layers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { complaints, open, server } from "./harness.js";

/** The cursor behind the first result of a search. */
async function cursorOf(query) {
  const answer = await (await fetch(`${server.address}/v1/search?q=${query}&limit=1&passages=0`)).json();
  return answer.meta.next_cursor;
}

/** The same place in a version of the index that there is no more. */
function expired(cursor) {
  const place = Buffer.from(cursor, "base64url").toString();
  const { v: version } = JSON.parse(place);
  return Buffer.from(place.replace(version, [...version].reverse().join(""))).toString("base64url");
}

/** Opens an address in each language, checks what every such page has, and calls `check` with each. */
async function inEveryLanguage(path, status, check) {
  const headings = new Set();
  for (const ui of ["en", "es", "fr"]) {
    const page = await open("/help", { expects: [String(status)] });
    const response = await page.goto(`${server.address}${path}${path.includes("?") ? "&" : "?"}ui=${ui}`);
    const headers = response.headers();
    assert.equal(response.status(), status, path);
    assert.match(headers["content-type"], /^text\/html/);
    assert.match(headers["content-security-policy"], /^default-src 'none'/);
    assert.deepEqual([await page.locator("html").getAttribute("lang"), headers["content-language"]], [ui, ui]);
    headings.add(await page.locator("main :is(h1, h2):not(.hidden)").first().textContent());
    assert.ok((await page.title()).includes([...headings].at(-1)), await page.title());
    assert.deepEqual(await complaints(page), []);
    await check(page, ui);
  }
  assert.equal(headings.size, 3, [...headings].join());
}

test("404: what is not here is searched for by the words of its address", async () => {
  for (const path of ["/documents/seasonal-work", "/events/seasonal-work", "/nowhere/seasonal-work"]) {
    await inEveryLanguage(path, 404, async (page, ui) => {
      assert.equal(await page.locator("main input[name=q]").inputValue(), "seasonal work");
      await page.locator("main form.find button").click();
      await page.locator(".hit").first().waitFor();
      assert.match(page.url(), new RegExp(`/search\\?.*ui=${ui}`));
    });
  }
});

test("404: a process that is misspelt leads to those of like names", async () => {
  await inEveryLanguage("/processes/puebla-proces", 404, async (page) => {
    assert.ok(await page.locator("main a").count() > 0);
    await page.locator("main a").first().click();
    assert.match(page.url(), /\/processes/);
    assert.equal(await page.locator("h1").count(), 1);
  });
});

test("410: a place in the results of an index that has changed leads to the same search", async () => {
  const cursor = expired(await cursorOf("seasonal"));
  await inEveryLanguage(`/search?q=seasonal&limit=1&passages=0&cursor=${cursor}`, 410, async (page, ui) => {
    assert.equal(await page.locator("#q").inputValue(), "seasonal");
    assert.equal(await page.getByRole("alert").count(), 1);
    await page.locator(".summary p > a").last().click();
    await page.locator(".hit").first().waitFor();
    assert.match(page.url(), new RegExp(`q=seasonal.*ui=${ui}`));
    assert.doesNotMatch(page.url(), /cursor/);
  });
});

test("400: a place in the results of another search leads to this one", async () => {
  const cursor = await cursorOf("consular");
  await inEveryLanguage(`/search?q=seasonal&limit=1&cursor=${cursor}`, 400, async (page, ui) => {
    assert.equal(await page.locator("#q").inputValue(), "seasonal");
    await page.locator("#search button").click();
    await page.locator(".hit").first().waitFor();
    assert.match(page.url(), new RegExp(`q=seasonal.*ui=${ui}|ui=${ui}.*q=seasonal`));
    assert.doesNotMatch(page.url(), /cursor/);
  });
});

test("400: what cannot be read of an address is said, and the rest is kept", async () => {
  for (const [path, kept] of [["/search?q=seasonal&rcp=rmc", "#q"], ["/compare?q=seasonal&rows=nothing", "#q"], ["/search?q=seasonal&sort=best", "#q"]]) {
    await inEveryLanguage(path, 400, async (page) => {
      assert.equal(await page.locator(kept).inputValue(), "seasonal");
      assert.equal(await page.getByRole("alert").count(), 1);
    });
  }
  for (const path of ["/cite?passage=p1", "/documents/rcm-meeting-2010?part=none"]) {
    await inEveryLanguage(path, 400, async (page, ui) => {
      assert.ok(await page.locator("main p").first().textContent());
      await page.locator("main a").last().click();
      assert.equal(new URL(page.url()).search, `?ui=${ui}`);
      await page.locator(".home").waitFor();
    });
  }
});

test("when a change of results fails, the browser goes there by itself", async () => {
  const page = await open("/search?q=seasonal", { context: { viewport: { width: 1280, height: 800 } }, expects: ["503", "ERR_FAILED"] });
  let requests = 0;
  await page.route("**/search?*", (route) => {
    requests += 1;
    return requests === 1 ? route.fulfill({ status: 503, headers: { "retry-after": "1" }, contentType: "application/problem+json", body: "{}" }) : route.continue();
  });
  await page.locator("#type-summary-report").check();
  await page.locator("#chip-type-summary-report").waitFor();
  assert.equal(requests, 2);
  assert.match(page.url(), /type=summary-report/);
});
