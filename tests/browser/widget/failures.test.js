// The widget where something is wrong: it says so, or leaves the form.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { MODULE_PATH, found, hit, integrity, problem } from "./api.js";
import { api, open, search, searched } from "./harness.js";
import { combobox, focused } from "./page.js";

describe("without the module the form searches", () => {
  const submits = async ({ page }) => {
    assert.equal(await page.getByRole("combobox").count(), 0);
    await page.getByRole("textbox", { name: "Search" }).fill("trata de personas");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(`${api.origin}/search?q=trata+de+personas`);
  };

  test("where its hash is another one", async () => {
    const widget = await open({ widget: { integrity: integrity("another module") } });
    widget.expectsTrouble = true;
    await submits(widget);
  });

  test("where scripts are off", async () => {
    const widget = await open({ context: { javaScriptEnabled: false } });
    widget.expectsTrouble = true;
    await submits(widget);
  });

  test("and what was typed before it came is kept, with the focus", async () => {
    const { page, trouble } = await open({ prepare: (page) => page.route("**/rcp-search.js", (route) => route.abort()) });
    await page.getByRole("textbox", { name: "Search" }).fill("asylum");
    assert.deepEqual(trouble, []);
    await page.unroute("**/rcp-search.js");
    await page.evaluate((address) => import(address), `${api.origin}${MODULE_PATH}`);
    assert.deepEqual([await page.getByRole("combobox").inputValue(), await focused(page)], ["asylum", "input"]);
  });
});

describe("when something is wrong it says so", () => {
  test("the server is gone, and comes back", async () => {
    const { page, input, alert, hits, status } = await open();
    await page.route("**/v1/**", (route) => route.abort());
    await input.fill("private");
    await input.press("Enter");
    await page.getByRole("alert").filter({ hasText: "The search cannot be reached." }).waitFor();
    assert.deepEqual([await status.textContent(), await hits.count()], ["", 0]);
    assert.equal(await page.getByRole("link", { name: "Open the full search" }).getAttribute("href"), `${api.origin}/search?ui=en&q=private`);
    const retry = page.getByRole("button", { name: "Try again" });
    await retry.press("Enter");
    await page.getByRole("alert").filter({ hasText: "The search cannot be reached." }).waitFor();
    assert.equal(await focused(page), "Try again", "the focus is not lost");
    await page.unroute("**/v1/**");
    await retry.press("Enter");
    await hits.first().waitFor();
    assert.deepEqual([await alert.textContent(), await status.textContent(), await retry.count()], ["", "3 documents", 0]);
    assert.equal(await focused(page), "Report of rcm-2013");
  });

  for (const [what, answer, said] of [
    ["too many searches", { status: 429, headers: { "retry-after": "7" }, body: problem(429) }, "The search is busy. Try again in 7 s."],
    ["a server that is full", { status: 503, headers: { "retry-after": "1" }, body: problem(503) }, "The search is busy. Try again in 1 s."],
    ["a server that fails", { status: 500, body: problem(500) }, "The search cannot be reached."],
    ["a page of another server", { status: 200, body: "<!doctype html><p>Maintenance" }, "The search cannot be reached."],
    ["a proxy without an upstream", { status: 502, body: "<!doctype html><p>Bad gateway" }, "The search cannot be reached."],
    ["JSON of something else", { status: 200, body: { ok: true } }, "The search cannot be reached."],
    ["a filter that does not exist", { status: 400, body: problem(400, 'rcp has no value "bali"') }, 'rcp has no value "bali"'],
  ]) {
    test(what, async () => {
      api.on.search = () => answer;
      const { alert, page } = await searched();
      assert.equal(await alert.textContent(), said);
      assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 1);
    });
  }

  test("a server that never answers", async () => {
    api.on.search = () => ({ until: new Promise(() => {}), status: 200 });
    const { page, input, alert } = await open({ prepare: (page) => page.clock.install() });
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await input.fill("private");
    await input.press("Enter");
    await page.getByText("Searching…").waitFor();
    await page.clock.runFor(19_000);
    assert.equal(await alert.textContent(), "");
    await page.clock.runFor(2_000);
    await page.getByText("The search cannot be reached.").waitFor({ timeout: 5_000 });
  });

  test("the next page is out of reach: what was found stays, and trying again goes on", async () => {
    let isDown = true;
    api.on.search = (params) => {
      if (!params.get("cursor")) return found([hit("a")], { meta: { total: 2, next_cursor: "b" } });
      return isDown ? { status: 503, body: problem(503) } : found([hit("b")], { meta: { total: 2 } });
    };
    const { page, hits, more } = await searched();
    await more.click();
    await page.getByText("The search is busy.").waitFor();
    assert.equal(await hits.count(), 1);
    isDown = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await hits.nth(1).waitFor();
  });

  test("suggestions fail silently", async () => {
    api.on.suggest = () => ({ status: 500, body: problem(500) });
    const { page, input, alert } = await open();
    const answered = page.waitForResponse(/suggest/);
    await input.pressSequentially("priv");
    await answered;
    assert.deepEqual([await alert.textContent(), (await combobox(page)).expanded], ["", "false"]);
  });
});
