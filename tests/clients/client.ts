// A client made from the OpenAPI document: what it asks is checked when it is compiled, what it gets when it runs.

import createClient from "openapi-fetch";

import type { components, paths } from "./generated/api.js";

declare const process: { env: Record<string, string | undefined> };

function expect(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const client = createClient<paths>({ baseUrl: process.env.RCP_SEARCH_URL ?? "" });

const found = await client.GET("/v1/search", {
  params: { query: { q: '"private sector"', rcp: ["grcp"], sort: "-date", facets: ["rcp", "theme"] } },
});
expect(found.data, "a search is answered");
const hit: components["schemas"]["DocumentHit"] | undefined = found.data.hits[0];
expect(hit?.passages?.[0]?.segments.some((segment) => segment.match), "a hit shows what matches");
expect(found.data.facets.rcp?.values.some((value) => value.selected), "what is selected is counted");

const posted = await client.POST("/v1/search", { body: { q: '"private sector"', rcp: ["grcp"], sort: "-date", facets: ["rcp", "theme"] } });
expect(JSON.stringify(posted.data) === JSON.stringify(found.data), "POST answers as GET does");

const titles = await client.GET("/v1/search", { params: { query: { q: '"private sector"', fields: ["title"] } } });
expect(titles.data?.hits.every((cut) => cut.title && !cut.passages), "hits hold what was asked for");

const document = await client.GET("/v1/documents/{id}", { params: { path: { id: hit.id } } });
expect(document.data?.title?.value === hit.title, "a document has the title of its hit");

const values = await client.GET("/v1/facets/{facet}", { params: { path: { facet: "theme" }, query: { q: "consul" } } });
expect(values.data?.values.length, "values are found inside a facet");

const page = await client.POST("/v1/instantsearch", { body: [{ indexName: "documents", params: { query: "migration" } }] });
expect(page.data?.results.length === 1, "a page of InstantSearch is answered");

// @ts-expect-error: no order is called so, and the compiler says which there are.
const refused = await client.GET("/v1/search", { params: { query: { sort: "newest" } } });
expect(refused.error?.code === "invalid_parameter", "a problem has a code");
expect(refused.error.invalid_params[0]?.allowed?.includes("-date"), "a problem says what would be right");
