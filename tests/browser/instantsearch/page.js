// What the owner of an existing page writes: the client is a line, the rest are widgets of the library as it comes.

const server = new URLSearchParams(location.search).get("server");
const post = { method: "POST", headers: { "content-type": "application/json" } };
const searchClient = {
  search: async (requests) => {
    const response = await fetch(`${server}/v1/instantsearch`, { ...post, body: JSON.stringify(requests) });
    if (!response.ok) throw new Error((await response.json()).detail);
    return response.json();
  },
};

const { widgets } = instantsearch;
const search = instantsearch({ indexName: "documents", searchClient });
search.on("error", ({ error }) => console.error(error.message));
search.addWidgets([
  widgets.configure({ hitsPerPage: 5 }),
  widgets.searchBox({ container: "#search" }),
  widgets.sortBy({
    container: "#sort",
    items: [
      { label: "Relevance", value: "documents" },
      { label: "Latest first", value: "documents_date_desc" },
      { label: "Earliest first", value: "documents_date_asc" },
    ],
  }),
  widgets.stats({ container: "#stats" }),
  widgets.refinementList({ container: "#processes", attribute: "rcp", searchable: true }),
  widgets.hierarchicalMenu({ container: "#themes", attributes: ["theme.lvl0", "theme.lvl1"] }),
  widgets.rangeInput({ container: "#years", attribute: "year" }),
  widgets.rangeSlider({ container: "#slider", attribute: "year" }),
  widgets.hits({
    container: "#hits",
    templates: {
      item: (hit, { html, components }) => html`
        <h2>${components.Highlight({ hit, attribute: "title" })}</h2>
        <p>${components.Snippet({ hit, attribute: "text" })}</p>
        <cite>${hit.citation}</cite>`,
    },
  }),
  widgets.pagination({ container: "#pages" }),
]);
search.start();
window.search = search;
