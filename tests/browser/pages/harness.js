// One browser and one server for the tests of a file, and what nearly all of them do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before } from "node:test";

import { startBrowser } from "../support/browser.js";
import { startServer } from "../support/server.js";
import { documents } from "./corpus.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export let server;

let browser;
let opened = [];

before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startServer(documents)]);
});
after(() => Promise.all([browser?.close(), server?.stop()]));

// Whatever a test does: no dialog, no error, no request to another host, and nothing that the policy of the page forbids.
afterEach(async () => {
  const pages = opened;
  opened = [];
  for (const { page, trouble, expects } of pages) {
    await page.context().close();
    assert.deepEqual(trouble.filter((line) => !expects.some((part) => line.includes(part))), []);
  }
});

/**
 * Opens a page of the site. `context` is Playwright's (viewport, colorScheme, javaScriptEnabled, locale …); `dir` turns the
 * page around; `expects` lists parts of messages of the console that are meant.
 */
export async function open(path, { context = {}, dir, expects = [] } = {}) {
  const page = await (await browser.newContext({ locale: "en", ...context })).newPage();
  page.setDefaultTimeout(20_000);
  const trouble = [];
  opened.push({ page, trouble, expects });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  if (context.javaScriptEnabled !== false) {
    await page.exposeFunction("forbidden", (what) => trouble.push(`policy: ${what}`));
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => globalThis.forbidden(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  }
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && `http://${host}` !== server.address) trouble.push(`request to ${host}`);
  });
  await page.goto(server.address + path);
  if (dir) await page.evaluate((dir) => { document.documentElement.dir = dir; }, dir);
  return page;
}

/** What axe-core complains of. It is the floor, not a proof. */
export async function complaints(page) {
  // Evaluated by the debugger, which the policy of the page does not bind.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Elements that make the page wider than its window, but for those in regions that scroll by themselves. */
export function overflow(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return (right > innerWidth + 1 || left < -1) && !element.closest(".scroll, .hidden, .skip");
    });
    return wide.length > 0 ? wide.map((element) => element.outerHTML.slice(0, 120)) : ["something that is not seen"];
  });
}

/** Puts a style sheet into the page, as a reader's own would be. */
export const restyle = (page, style) => page.evaluate((style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
}, style);

/** Elements whose own text is cut off. */
export const clipped = (page) => page.evaluate(() => [...document.querySelectorAll("body *")].filter((element) => {
  const { overflowX, overflowY, display } = getComputedStyle(element);
  const isCut = (overflow, inner, outer) => overflow !== "visible" && overflow !== "auto" && inner > outer + 1;
  return display !== "inline" && element.clientWidth > 1 && !element.matches("input, select, .hidden, .hidden *, svg, svg *, .tables thead, .tables thead *")
    && (isCut(overflowX, element.scrollWidth, element.clientWidth) || isCut(overflowY, element.scrollHeight, element.clientHeight));
}).map((element) => element.outerHTML.slice(0, 120)));

/** Axe over a page in every look: `open` is called with the options of each. */
export async function inEveryLook(check) {
  for (const colorScheme of ["light", "dark"]) {
    for (const dir of ["ltr", "rtl"]) {
      for (const width of [320, 1280]) {
        await check({ context: { colorScheme, viewport: { width, height: 800 } }, dir }, `${colorScheme}, ${dir}, ${width} pixels`);
      }
    }
  }
}
