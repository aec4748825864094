// Documents, and addresses, that would like to be more than text: in pages, feeds and exports. Dialogs, requests to other
// hosts and what the policies of pages forbid are watched by the harness.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { TITLES } from "./corpus.js";
import { open, server } from "./harness.js";
import { REFUSED } from "./kinds.js";

const MARKUP = TITLES.filter((title) => title.includes("<") && !title.startsWith("<a "));
const LAST = TITLES.length - 1;

/** The text of an element or page, its blanks as one. */
const plain = (text) => text.replace(/\s+/g, " ");

/** Elements, attributes and links of a page that none of its templates makes. */
const strange = (page) => page.evaluate(() => {
  const found = [...document.querySelectorAll("iframe, object, embed, img, video, base, link[rel=import], x, body script, svg:not([aria-hidden])")].map((element) => element.outerHTML);
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on|^srcdoc$|^style$|^autofocus$/.test(name)) found.push(`${name}=${value}`);
      if (["href", "src", "action", "formaction"].includes(name) && !/^(\/(?!\/)|#|https?:)/.test(value)) found.push(`${name}=${value}`);
    }
  }
  for (const form of document.forms) if (new URL(form.action).origin !== location.origin) found.push(form.outerHTML);
  for (const link of document.querySelectorAll("a[href]")) if (new URL(link.href).hostname === "evil.example") found.push(link.outerHTML);
  return found;
});

/** An answer to a browser: its headers and text. */
async function get(path, accept = "text/html") {
  const response = await fetch(server.address + path, { headers: { accept } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A page without a policy, in which answers can be parsed as a browser parses them. */
async function parser() {
  const page = await open("/help");
  await page.goto("about:blank");
  return page;
}

describe("what documents say is text on pages", () => {
  const shown = {
    "a search": ["/search?q=quarry&limit=50", ".hit h3"],
    "a search for paragraphs": ["/search?q=quarry&unit=passage&limit=50", ".evidence .prose"],
    "citations": [`/cite?${TITLES.map((_, number) => `document=quarry-${number}`).join("&")}`, "#cite-plain li"],
    "a process": ["/processes/almaty-process", "main .counted a"],
  };
  for (const [name, [path, selector]] of Object.entries(shown)) {
    test(name, async () => {
      const page = await open(path);
      const texts = (await page.locator(selector).allTextContents()).map(plain);
      for (const title of MARKUP) assert.ok(texts.some((text) => text.includes(plain(title))), `${title} is not in ${texts.join("\n")}`);
      assert.deepEqual(await strange(page), []);
    });
  }

  test("a document, its meeting, its citation, and a comparison of it", async () => {
    for (const [number, title] of TITLES.entries()) {
      if (!MARKUP.includes(title) && number !== LAST) continue;
      for (const [path, selector] of [[`/documents/quarry-${number}?q=quarry`, "h1"], [`/events/almaty-process-${number + 1}`, "h1"], [`/cite?document=quarry-${number}&ref=quarry-${number}`, "#cite-plain"], [`/compare?q=quarry+${number}&rows=event&cell=almaty-process-${number + 1},2014`, "#best"]]) {
        const page = await open(path);
        const text = plain(await page.locator(selector).first().textContent());
        if (number !== LAST) assert.ok(text.includes(plain(title)), `${path}: ${text}`);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
        assert.deepEqual(await strange(page), [], path);
        await page.context().close();
      }
    }
  });

  test("a comparison of meetings, what is here, the first page, and the processes", async () => {
    for (const path of ["/compare?q=quarry&rows=event&limit_rows=50", "/coverage", "/", "/processes", "/search?all=event", "/search?sort=-added&limit=50"]) assert.deepEqual(await strange(await open(path)), [], path);
  });

  test("suggestions of titles", async () => {
    const page = await open("/search");
    for (const words of ["notes of", "javascript", "alert", "script"]) {
      await page.locator("#q").fill(words);
      await page.waitForTimeout(500);
      assert.deepEqual(await strange(page), [], words);
    }
  });

  test("text that turns the direction of writing turns its own alone", async () => {
    const turned = "desrever";
    for (const path of [`/search?q=${turned}`, `/documents/quarry-${LAST}`, `/events/almaty-process-${LAST + 1}`, "/processes/almaty-process", `/cite?document=quarry-${LAST}`, `/compare?q=${turned}&rows=rcp&cell=almaty-process,2014`]) {
      const page = await open(path);
      const [texts, leaks] = await page.evaluate((turned) => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const leaks = [];
        let texts = 0;
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          if (!data.includes(turned) || !parentElement.checkVisibility() || parentElement.closest(".hidden, pre, script")) continue;
          texts += 1;
          // A block turns its own text alone; within a line, an isolate does.
          const isOwn = (element) => getComputedStyle(element).display !== "inline" ? element.textContent.trim().length - data.trim().length < 3 || "whole" : ["isolate", "plaintext", "isolate-override"].includes(getComputedStyle(element).unicodeBidi);
          let element = parentElement;
          while (isOwn(element) === false) element = element.parentElement;
          const isIsolated = isOwn(element) === true || ["isolate", "plaintext"].includes(getComputedStyle(element).unicodeBidi) && element.dir === "auto";
          if (!isIsolated) leaks.push(element.outerHTML.slice(0, 200));
        }
        return [texts, leaks];
      }, turned);
      assert.ok(texts > 0, path);
      assert.deepEqual(leaks, [], path);
    }
  });
});

describe("what an address says is text", () => {
  const places = ["/search?q=", "/search?rcp=", "/search?document=", "/search?year_from=", "/search?q=x&all=", "/search?all=event&find=", "/search?cursor=", "/compare?q=", "/compare?rows=", "/compare?rcp=", "/compare?q=quarry&cell=", "/cite?ref=", "/cite?document=", "/processes?find=", "/themes?find=", "/processes/", "/documents/", "/events/", "/", "/search?ui="];
  for (const place of places) {
    test(place, async () => {
      for (const text of [MARKUP.join(" "), MARKUP.toReversed().join(" ")]) {
        const page = await open(place + encodeURIComponent(text), { expects: REFUSED });
        assert.deepEqual(await strange(page), []);
      }
    });
  }
});

describe("what documents say is text in feeds", () => {
  /** What markup of an entry makes of itself: elements, attributes, and its text. */
  const parsed = (page, markup) => page.evaluate((markup) => {
    const { body } = new DOMParser().parseFromString(markup, "text/html");
    const all = [...body.querySelectorAll("*")];
    return { elements: [...new Set(all.map((element) => element.localName))], attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))], links: all.map((element) => element.getAttribute("href")).filter(Boolean), text: body.textContent };
  }, markup);

  /** Checks the entries of a feed: title and markup of each. */
  async function check(page, entries) {
    assert.equal(entries.length, TITLES.length);
    for (const title of MARKUP) {
      const entry = entries.find((entry) => plain(entry.title).includes(plain(title)));
      assert.ok(entry, title);
      const { elements, attributes, links, text } = await parsed(page, entry.content);
      const strange = elements.filter((name) => !["p", "b", "strong", "em", "mark", "blockquote", "cite", "a", "ul", "li", "br"].includes(name));
      assert.deepEqual([strange, attributes.filter((name) => !["href", "lang", "dir"].includes(name)), links.filter((link) => !/^(\/|https?:)/.test(link))], [[], [], []], entry.content);
      assert.ok(plain(text).includes("quarry"), entry.content);
    }
  }

  test("Atom", async () => {
    const { headers, text } = await get("/v1/feed.atom?q=quarry&limit=50", "application/atom+xml");
    assert.match(headers.get("content-type"), /^application\/atom\+xml/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    const page = await parser();
    const { names, entries } = await page.evaluate((text) => {
      const feed = new DOMParser().parseFromString(text, "application/xml");
      const of = (entry, name) => entry.getElementsByTagName(name)[0]?.textContent;
      return { names: [...new Set([...feed.querySelectorAll("*")].map((element) => `${element.namespaceURI} ${element.localName}`))], entries: [...feed.querySelectorAll("entry")].map((entry) => ({ title: of(entry, "title"), type: entry.querySelector("title").getAttribute("type"), content: of(entry, "content") })) };
    }, text);
    const own = /^http:\/\/(www\.w3\.org\/2005\/Atom (feed|id|title|updated|author|name|generator|link|entry|published|category|summary|content)|a9\.com\/-\/spec\/opensearch\/1\.1\/ (totalResults|itemsPerPage|startIndex|Query))$/;
    assert.deepEqual(names.filter((name) => !own.test(name)), []);
    assert.ok(entries.every(({ type }) => type === null || type === "text"));
    await check(page, entries);
  });

  test("JSON Feed", async () => {
    const { headers, text } = await get("/v1/feed.json?q=quarry&limit=50", "application/feed+json");
    assert.match(headers.get("content-type"), /^application\/feed\+json/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    await check(await parser(), JSON.parse(text).items.map((item) => ({ title: item.title, content: item.content_html ?? "<p>quarry</p>" })));
  });

  test("opened in the browser, neither runs", async () => {
    for (const path of ["/v1/feed.atom?q=quarry", "/v1/feed.json?q=quarry", "/v1/search?q=quarry", "/v1/documents/quarry-0", "/v1/compare?q=quarry&rows=event&cols=year"]) {
      const page = await open("/help");
      await page.goto(server.address + path).catch((error) => assert.match(error.message, /Download is starting|ERR_ABORTED/));
      await page.waitForTimeout(200);
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("script, img, iframe, form")].map((element) => element.outerHTML)), [], path);
    }
  });
});

/** The cells of CSV (RFC 4180). */
function cells(csv) {
  const rows = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll("\"\"", "\"") ?? bare);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

describe("what documents say is text in files", () => {
  const TYPES = { csv: "text/csv; charset=utf-8; header=present", ndjson: "application/x-ndjson", ris: "application/x-research-info-systems", bibtex: "application/x-bibtex" };
  const path = (format, unit = "document") => `/v1/export?q=quarry&unit=${unit}&format=${format}`;

  for (const [format, type] of Object.entries(TYPES)) {
    test(`${format}: a file of its own type, which no browser guesses about or runs`, async () => {
      for (const unit of ["document", "passage"]) {
        const { status, headers } = await get(path(format, unit));
        assert.deepEqual([status, headers.get("content-type"), headers.get("x-content-type-options")], [200, type, "nosniff"]);
        assert.match(headers.get("content-disposition"), /^attachment; filename="[\w.-]+"$/);
        const page = await open("/help");
        const [download] = await Promise.all([page.waitForEvent("download"), page.goto(server.address + path(format, unit)).catch(() => {})]);
        assert.match(download.suggestedFilename(), /^[\w.-]+\.(csv|ndjson|ris|bib)$/);
        assert.equal(page.url(), `${server.address}/help`);
      }
    });
  }

  test("csv: no cell is a formula, and every title is there", async () => {
    for (const path of ["/v1/export?q=quarry&unit=document", "/v1/export?q=quarry&unit=passage", "/v1/compare?q=quarry&rows=event&cols=year&limit_rows=50&format=csv"]) {
      const rows = cells((await get(path, "text/csv")).text);
      assert.ok(rows.length > TITLES.length, path);
      for (const cell of rows.flat()) assert.ok(!/^[=+@\t\r\n＝＋－＠]|^-(?!\d+(\.\d+)?$)/.test(cell), `${path}: ${cell}`);
      if (path.includes("export")) {
        for (const title of TITLES.slice(0, LAST).filter((title) => !title.startsWith("<a "))) assert.ok(rows.flat().some((cell) => cell === title || cell === `'${title}`), `${path}: ${title}`);
      }
    }
  });

  test("ndjson, ris, bibtex: no title ends its line or its entry", async () => {
    const lines = (await get(path("ndjson"))).text.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(lines.length, TITLES.length + 2);
    const ris = (await get(path("ris"))).text;
    assert.ok(ris.split("\r\n").every((line) => line === "" || /^[A-Z][A-Z0-9] {2}- /.test(line)), ris);
    assert.equal(ris.match(/^TY {2}- /gm).length, TITLES.length);
    const bibtex = (await get(path("bibtex"))).text;
    assert.equal(bibtex.match(/^@\w+\{/gm).length, TITLES.length);
    let depth = 0;
    for (const [sign] of bibtex.replace(/\\[{}]/g, "").matchAll(/[{}]|^@/gm)) {
      if (sign === "@") assert.equal(depth, 0, "an entry begins within another");
      else depth += sign === "{" ? 1 : -1;
    }
    assert.equal(depth, 0);
    assert.ok(!/^\s*@book\{evil/m.test(bibtex));
  });
});
