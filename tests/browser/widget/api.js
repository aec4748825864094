// A server that speaks as much of the API as the widget asks for, in its real shapes, and answers as late and as badly
// as a test wants.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const MODULE_FILE = new URL("../../../crates/server/src/pages/widget/1.0.0/rcp-search.js", import.meta.url);

export const MODULE = readFileSync(MODULE_FILE);
export const MODULE_PATH = "/widget/1.0.0/rcp-search.js";
export const INTEGRITY = integrity(MODULE);

export function integrity(bytes) {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** Serves on a free port of this machine. */
export async function listen(handler) {
  const server = createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}

/** `text` with the words between asterisks as matches. */
export function segments(text) {
  return text.split("*").map((piece, place) => ({ text: piece, match: place % 2 === 1, expanded: false })).filter((piece) => piece.text);
}

export function passage(document, id, text, more = {}) {
  const label = more.label ?? `para. ${id.slice(1)}`;
  return {
    document, passage: id, label, page: null, heading_path: ["Conclusions"], lang: "en", kind: "paragraph", segments: segments(text),
    citation: `Report of ${document}, Geneva, ${label}`, url: `/documents/${document}#${id}`, ...more,
  };
}

export function hit(id, more = {}) {
  return {
    id, title: `Report of ${id}`, type: { id: "meeting-report", label: "Meeting report" }, date: "2013-05-22/2013-05-23", year: 2013,
    languages: ["en"], rcps: [{ id: "rcm", label: "Regional Conference on Migration" }], regions: [], themes: [], url: `/documents/${id}`,
    source: { file: `${id}.txt`, url: null }, curated: [], citation: `Report of ${id}, Geneva`, score: 1,
    passages: [passage(id, "p21", "The *private* *sector* employs migrants."), passage(id, "p22", "Remittances of the *private* sector.", { page: 4 })],
    passages_total: 2, passages_url: null, ...more,
  };
}

export function found(hits, more = {}) {
  const { interpretation, meta, ...rest } = more;
  return {
    meta: { total: hits.length, total_all_words: hits.length, total_documents: hits.length, partial: false, index_version: "0", next_cursor: null, ...meta },
    request: {}, interpretation: { query: "", relaxed: null, corrections: [], expansions: [], suggested_filters: [], warnings: [], ...interpretation },
    coverage: { documents: 5, searchable: 5, without_text: 0 }, hits, facets: {}, links: { self: "", next: null }, ...rest,
  };
}

export function suggestion(text, more = {}) {
  return {
    kind: "phrase", text, segments: segments(text), documents: 2, facet: null, value: null, label: null, name: null, document: null, url: null, ...more,
    ...(text.includes("*") ? { text: text.replaceAll("*", "") } : {}),
  };
}

export function suggested(suggestions, didYouMean = null) {
  return { meta: { index_version: "0" }, did_you_mean: didYouMean, suggestions };
}

export function problem(status, detail = "secret") {
  return { type: "about:blank", title: "Problem", status, code: "problem", detail, instance: "1", invalid_params: [] };
}

/**
 * The server. `on.search` and `on.suggest` answer the parameters of a request with a body, or with `{status, headers,
 * body, until}`: an answer that is held back until a promise is kept. `requests` are those that came.
 */
export async function startApi() {
  const requests = [];
  const on = {};
  const api = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    requests.push({ path: pathname, params: searchParams, headers: request.headers });
    const headers = { "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" };
    const kind = pathname.replace("/v1/", "");
    if (on[kind]) {
      const answer = await on[kind](searchParams);
      const { status = 200, body = answer, until } = "status" in answer || "until" in answer ? answer : {};
      await until;
      response.writeHead(status, { ...headers, "content-type": "application/json", ...answer.headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    } else if (pathname === MODULE_PATH) {
      response.writeHead(200, { ...headers, "content-type": "text/javascript; charset=utf-8", "cross-origin-resource-policy": "cross-origin" });
      response.end(MODULE);
    } else if (pathname === "/" || pathname === "/search" || pathname.startsWith("/documents/")) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end('<!doctype html><html lang="en"><title>The server</title><p>A page of the server');
    } else {
      response.writeHead(404).end();
    }
  });
  const asked = (kind) => requests.filter(({ path }) => path === `/v1/${kind}`).map(({ params }) => params);
  const reset = () => {
    requests.length = 0;
    on.search = (params) => found(params.get("q") === "nothing" ? [] : ["rcm-2013", "bali-2016", "lima-2014"].map((id) => hit(id)));
    on.suggest = () => suggested([
      suggestion("Private sector and businesses", { kind: "concept", name: "private sector", facet: "theme", value: "stakeholders.private-sector" }),
      suggestion("*priv*ate sector"), suggestion("*Priv*ate sector report", { kind: "title", document: "rcm-2013", url: "/documents/rcm-2013" }),
    ]);
  };
  reset();
  return { ...api, requests, on, asked, reset };
}
