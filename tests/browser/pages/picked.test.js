// What becomes of results that are ticked: exported or cited, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";

import { open } from "./harness.js";

const RESTRICTED = "/search?q=seasonal&document=rcm-meeting-2010";

/** Presses a button of the form of ticked results; answers the address that is asked for. */
async function pressed(page, name) {
  const [request] = await Promise.all([page.waitForRequest(/\/(v1\/export|cite)\?/), page.getByRole("button", { name, exact: true }).click()]);
  return new URL(request.url());
}

for (const javaScriptEnabled of [false, true]) {
  const script = javaScriptEnabled ? "with script" : "without script";

  test(`an export of a search within one document holds that document alone, ticked or not, ${script}`, async () => {
    for (const ticks of [[], ["#tick-rcm-meeting-2010"]]) {
      const page = await open(RESTRICTED, { context: { javaScriptEnabled } });
      for (const tick of ticks) await page.locator(tick).check();
      const address = await pressed(page, "Export");
      assert.deepEqual([...new Set(address.searchParams.getAll("document"))], ["rcm-meeting-2010"]);
      const lines = (await (await fetch(address)).text()).trim().split("\r\n");
      assert.equal(lines.length, 2, lines.join("\n"));
    }
  });

  test(`links of a search within one document keep to it, ${script}`, async () => {
    const page = await open(`${RESTRICTED}&unit=passage`, { context: { javaScriptEnabled } });
    const links = await page.locator(".uses a").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.length >= 8, String(links));
    for (const link of links.filter((link) => !link.endsWith("/docs/"))) assert.equal(new URL(link).searchParams.get("document"), "rcm-meeting-2010", link);
  });

  test(`without a restriction an export holds what is ticked, else all, ${script}`, async () => {
    for (const [ticks, expected] of [[[], 4], [["2011", "2012"], 2]]) {
      const page = await open("/search?q=seasonal", { context: { javaScriptEnabled } });
      for (const year of ticks) await page.locator(`#tick-rcm-meeting-${year}`).check();
      const address = await pressed(page, "Export");
      assert.deepEqual(address.searchParams.getAll("document").toSorted(), ticks.map((year) => `rcm-meeting-${year}`));
      assert.equal((await (await fetch(address)).text()).trim().split("\r\n").length, expected + 1);
    }
  });
}

test("of several documents that a search is restricted to, those that are ticked are exported", async () => {
  const page = await open(`${RESTRICTED}&document=rcm-meeting-2011`);
  await page.locator("#tick-rcm-meeting-2011").check();
  assert.deepEqual((await pressed(page, "Export")).searchParams.getAll("document"), ["rcm-meeting-2011"]);
});

test("paragraphs that are ticked are cited, and their document is not", async () => {
  const page = await open(`${RESTRICTED}&unit=passage`);
  await page.locator(".tick").first().check();
  const address = await pressed(page, "Cite what is ticked");
  assert.deepEqual([address.pathname, address.searchParams.getAll("document"), address.searchParams.getAll("passage").length], ["/cite", [], 1]);
  assert.equal(await page.locator("#cite-plain li").count(), 1);
});
