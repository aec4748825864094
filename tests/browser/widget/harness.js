// One browser, one server and one site for the tests of a file, and what nearly all of them do.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";

import { startBrowser } from "../support/browser.js";
import { startApi } from "./api.js";
import { open as openPage, startSite } from "./page.js";

export let api;
export let site;

let browser;
let opened = [];

before(async () => {
  [browser, api, site] = await Promise.all([startBrowser(), startApi(), startSite()]);
});
after(() => Promise.all([browser?.close(), api?.close(), site?.close()]));
beforeEach(() => {
  api.reset();
  opened = [];
});

// Whatever a test does: no dialog, no error, and nothing that the policy of the page forbids.
afterEach(async () => {
  for (const widget of opened) {
    if (!widget.expectsTrouble) {
      assert.deepEqual(widget.trouble, []);
      assert.deepEqual(await widget.violations(), []);
    }
    await widget.close();
  }
});

/** Opens a page with the widget. */
export async function open(options = {}) {
  const widget = await openPage({ browser, site, server: api.origin }, options);
  opened.push(widget);
  return widget;
}

/** Opens it and searches. */
export async function searched(options, text = "private sector") {
  const widget = await open(options);
  await search(widget, text);
  return widget;
}

/** Searches, and waits for what comes of it. */
export async function search({ input, page }, text) {
  await input.fill(text);
  await input.press("Enter");
  await page.waitForFunction(() => {
    const { shadowRoot } = document.querySelector("rcp-search");
    const said = [...shadowRoot.querySelectorAll("[part=status], [part=alert]")].some((region) => region.textContent);
    return said && shadowRoot.querySelector("[part=results]").getAttribute("aria-busy") === "false";
  });
}

/** Opens it and types until suggestions are offered. */
export async function suggesting(options) {
  const widget = await open(options);
  await widget.input.pressSequentially("priv");
  await widget.options.first().waitFor();
  return widget;
}

/** A promise, `until`, and what keeps it, `open`. */
export function gate() {
  const gate = {};
  gate.until = new Promise((resolve) => { gate.open = resolve; });
  return gate;
}
