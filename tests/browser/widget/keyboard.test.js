// The widget by keyboard alone, and what ARIA says of the box meanwhile.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { found, hit, suggested, suggestion } from "./api.js";
import { api, gate, open, suggesting } from "./harness.js";
import { combobox, focused } from "./page.js";

describe("by keyboard alone", () => {
  test("from the box over a suggestion to results, a citation, and more results", async () => {
    api.on.search = (params) => (params.get("cursor") ? found([hit("second-page")], { meta: { total: 2 } })
      : found([hit("first-page")], { meta: { total: 2, next_cursor: "next" } }));
    const { page, hits } = await open({ context: { permissions: ["clipboard-read", "clipboard-write"] } });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "input");
    await page.keyboard.type("priv");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await combobox(page), { expanded: "true", shown: true, options: 3, active: 1, isVisible: true, selected: [1] });
    await page.keyboard.press("Enter");
    await hits.first().waitFor();
    assert.equal(api.asked("search")[0].get("q"), "private sector");
    const way = [];
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press("Tab");
      way.push(await focused(page));
    }
    assert.deepEqual(way, ["Search", "Report of first-page", "para. 21", "Citation: para. 21", "para. 22, p. 4", "Citation: para. 22, p. 4", "More results", "Open the full search"]);
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Copied").first().waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Report of first-page, Geneva, para. 21");
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("Tab");
    assert.equal(await focused(page), "More results");
    await page.keyboard.press("Enter");
    await hits.nth(1).waitFor();
    assert.equal(await focused(page), "Report of second-page", "focus goes to what is new");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${api.origin}/documents/second-page`);
  });

  test("Tab leaves the widget at both ends", async () => {
    const { page, input } = await suggesting();
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Search");
    assert.equal((await combobox(page)).expanded, "false");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "after");
    await input.focus();
    await page.keyboard.press("Shift+Tab");
    assert.equal(await focused(page), "before");
  });

  test("Enter without an active option searches for what is typed", async () => {
    const { hits, input } = await suggesting();
    await input.press("Enter");
    await hits.first().waitFor();
    assert.equal(api.asked("search")[0].get("q"), "priv");
  });

  test("the button searches, and keeps the focus", async () => {
    const { page, input, hits } = await open();
    await input.fill("private");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await hits.first().waitFor();
    assert.equal(await focused(page), "Search");
  });

  test("the arrows wrap, and work with a closed list", async () => {
    const { page, input } = await suggesting();
    for (const [key, active, expanded] of [
      ["ArrowUp", 2, "true"], ["ArrowDown", 0, "true"], ["ArrowUp", 2, "true"], ["Home", -1, "true"], ["ArrowDown", 0, "true"], ["ArrowLeft", -1, "true"],
      ["Alt+ArrowUp", -1, "false"], ["Alt+ArrowDown", -1, "true"], ["Escape", -1, "false"], ["ArrowUp", 2, "true"], ["Escape", -1, "false"], ["ArrowDown", 0, "true"],
    ]) {
      await input.press(key);
      const now = await combobox(page);
      assert.deepEqual([now.active, now.expanded], [active, expanded], key);
    }
  });

  test("Escape closes, then clears", async () => {
    const { page, input } = await suggesting();
    await input.press("Escape");
    assert.deepEqual([(await combobox(page)).expanded, await input.inputValue()], ["false", "priv"]);
    await input.press("Escape");
    assert.equal(await input.inputValue(), "");
    await input.press("ArrowDown");
    assert.equal((await combobox(page)).expanded, "false", "there is nothing to offer");
  });
});

describe("an active option implies an open list", () => {
  const holds = ({ expanded, shown, active, isVisible, selected }, after) => {
    assert.equal(expanded, String(shown), after);
    assert.ok(active === -1 || (shown && isVisible), after);
    assert.deepEqual(selected, active === -1 ? [] : [active], after);
  };

  for (const leaving of ["blur", "Escape", "Tab", "Enter", "clear"]) {
    test(`after ${leaving} and coming back`, async () => {
      const { page, input } = await suggesting();
      await input.press("ArrowDown");
      if (leaving === "blur") await input.blur();
      else if (leaving === "clear") await input.fill("");
      else await input.press(leaving);
      const left = await combobox(page);
      holds(left, leaving);
      assert.equal(left.expanded, "false");
      await input.focus();
      holds(await combobox(page), "focus");
      for (const key of ["ArrowDown", "Escape", "ArrowDown"]) {
        await input.press(key);
        holds(await combobox(page), key);
      }
    });
  }

  test("whatever is pressed, in any order, with answers that come when they like", async () => {
    let seed = 42;
    const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    api.on.suggest = () => ({ until: new Promise((resolve) => { setTimeout(resolve, random(60)); }), status: 200, body: suggested([..."abcdefgh"].slice(random(8)).map((text) => suggestion(text))) });
    const { page, input } = await open();
    await input.focus();
    const keys = ["ArrowDown", "ArrowUp", "Alt+ArrowDown", "Alt+ArrowUp", "Escape", "Home", "a", "b", "Backspace", "Enter", "blur", "focus", "wait"];
    for (let step = 0; step < 150; step += 1) {
      const key = keys[random(keys.length)];
      if (key === "blur") await input.blur();
      else if (key === "focus") await input.focus();
      else if (key === "wait") await page.waitForTimeout(random(250));
      else await page.keyboard.press(key);
      holds(await combobox(page), `${step} ${key}`);
    }
  });

  test("an answer that comes after the box was left opens nothing", async () => {
    for (const leave of ["blur", "Escape", "Enter", "Tab"]) {
      const slow = gate();
      api.on.suggest = () => ({ until: slow.until, status: 200, body: suggested([suggestion("private")]) });
      const { page, input } = await open();
      const came = page.waitForRequest(/suggest/);
      await input.pressSequentially("priv");
      await came;
      await (leave === "blur" ? input.blur() : input.press(leave));
      slow.open();
      await page.waitForTimeout(100);
      assert.deepEqual(await combobox(page), { expanded: "false", shown: false, options: 0, active: -1, isVisible: true, selected: [] }, leave);
    }
  });
});

describe("while someone types", () => {
  test("the server is asked once there is a pause, from the second character on", async () => {
    const { page, input } = await open({ prepare: (page) => page.clock.install() });
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await input.pressSequentially("p");
    await page.clock.runFor(1_000);
    for (const letter of "riva") {
      await input.press(letter);
      await page.clock.runFor(100);
    }
    const answered = page.waitForResponse(/suggest/);
    await page.clock.runFor(100);
    await answered;
    assert.deepEqual(api.asked("suggest").map((params) => params.get("q")), ["priva"]);
  });

  test("an input method keeps its keys, and is waited for", async () => {
    const { page, input, options } = await open();
    await input.focus();
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send("Input.imeSetComposition", { text: "みん", selectionStart: 2, selectionEnd: 2 });
    await page.waitForTimeout(300);
    assert.deepEqual(api.asked("suggest"), []);
    // The Enter that ends a composition.
    await input.evaluate((node) => node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true })));
    await keyboard.send("Input.insertText", { text: "民間" });
    await options.first().waitFor();
    assert.deepEqual([api.asked("suggest").map((params) => params.get("q")), api.asked("search")], [["民間"], []]);
    await input.press("ArrowDown");
    for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
      await input.evaluate((node, composing) => node.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...composing })), composing);
      assert.equal((await combobox(page)).active, 0);
    }
  });
});
