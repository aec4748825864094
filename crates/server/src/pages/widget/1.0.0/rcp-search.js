// <rcp-search>, a search box or a list of documents for any page: docs/widget.md. People and answers change one state,
// render() shows it and sets all of ARIA. Texts become text nodes: no markup is ever parsed.

/** The server of this module. */
const HOME = import.meta.url.split("/widget/")[0];

/** Parameters of the API; the attribute `lang` is the page's. */
const FACETS = ["rcp", "mentions", "theme", "region", "country", "type", "event", "process-type", "year", "document-lang"];
const FILTERS = [...FACETS, ...FACETS.map((name) => "not-" + name), "year-from", "year-to", "date-from", "date-to", "added-since"];

/** Milliseconds until suggestions, and until giving up. */
const PAUSE = 150, PATIENCE = 20000;

const STRINGS = {
  en: {
    locale: "en-GB", label: "Search the documents", search: "Search", searching: "Searching…",
    one: "{n} document", other: "{n} documents", none: "Nothing found", least: "with at least {n} of the words",
    page: "p. {n}", cite: "Citation", copy: "Copy", copied: "Copied", more: "More results", full: "Open the full search",
    retry: "Try again", down: "The search cannot be reached.", busy: "The search is busy.", wait: "Try again in {n} s.",
  },
  es: {
    locale: "es", label: "Buscar en los documentos", search: "Buscar", searching: "Buscando…",
    one: "{n} documento", other: "{n} documentos", none: "No se encontró nada", least: "con al menos {n} de las palabras",
    page: "pág. {n}", cite: "Cita", copy: "Copiar", copied: "Copiado", more: "Más resultados", full: "Abrir la búsqueda completa",
    retry: "Reintentar", down: "No se puede acceder a la búsqueda.", busy: "La búsqueda está saturada.", wait: "Reintente en {n} s.",
  },
  fr: {
    locale: "fr", label: "Chercher dans les documents", search: "Chercher", searching: "Recherche…",
    one: "{n} document", other: "{n} documents", none: "Aucun résultat", least: "avec au moins {n} des mots",
    page: "p. {n}", cite: "Citation", copy: "Copier", copied: "Copié", more: "Plus de résultats", full: "Ouvrir la recherche complète",
    retry: "Réessayer", down: "La recherche est inaccessible.", busy: "La recherche est saturée.", wait: "Réessayez dans {n} s.",
  },
};

const STYLE = new CSSStyleSheet();
STYLE.replaceSync(`
:host { display: block; color-scheme: light dark;
  --accent: var(--rcp-accent, light-dark(#0b57a4, #8ab8f5)); --back: var(--rcp-background, light-dark(#fff, #16191d));
  --text: var(--rcp-text, light-dark(#1b1f24, #e8eaed)); --muted: var(--rcp-muted, light-dark(#535d68, #a8b0b9));
  --line: var(--rcp-border, light-dark(#767f89, #8b949e)); --mark: var(--rcp-mark, light-dark(#fff0a3, #5a4700)) }
:host([color-scheme=light]) { color-scheme: light }
:host([color-scheme=dark]) { color-scheme: dark }
:host([color-scheme=page]) { color-scheme: inherit }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box; margin: 0; padding: 0; font: inherit; overflow-wrap: anywhere }
[part=root] { background: var(--back); color: var(--text); line-height: 1.5 }
:focus-visible, [aria-selected=true] { outline: 3px solid var(--accent); outline-offset: 1px }
[part=box] { display: flex; flex-wrap: wrap; gap: .5em; position: relative }
input, button, ul[part=list] { padding: .5em .75em; border: 1px solid var(--line); border-radius: var(--rcp-radius, .4em); background: var(--back); color: inherit }
input { flex: 1 8em; min-width: 0 }
::placeholder { color: var(--muted); opacity: 1 }
ul, ol { list-style: none }
ul[part=list] { position: absolute; z-index: 9; inset: 100% 0 auto; max-height: 60vh; overflow: auto }
[role=option] { padding: .5em; outline-offset: -3px !important }
[role=option]:hover, mark { text-decoration: underline }
label, h2, h3, h4, h5, h6, mark, [role=alert] { font-weight: 600 }
a, summary, button { color: var(--accent); min-height: 1.75em }
a { display: inline-block }
label, [part=root] > * { margin-block: .5em }
[part=meta], [part=status], i { color: var(--muted) }
[part=hit] { padding: 1em 0; border-bottom: 1px solid var(--line) }
[part=text] { margin-top: .75em; padding-inline-start: .75em; border-inline-start: 3px solid var(--line) }
[part=source] { display: flex; flex-wrap: wrap; gap: 0 1em }
[open] { flex-basis: 100% }
mark { background: var(--mark); color: inherit }
[part=hint] { position: absolute; clip-path: inset(50%) }
`);

/** An element with its part; attributes that are null are left out. */
function make(tag, part, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries({ part, ...attributes })) if (value != null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const marked = (segments) => segments.map(({ text, match, expanded }) => (match ? make("mark", expanded ? "mark expanded" : "mark", {}, text) : text));

/** A date or range of the API (2013-05-22/2013-05-23, 2004-05, 2004) in words. */
function dated(date, locale) {
  const [from, to = from] = date.split("/");
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", year: "numeric", month: from[4] && "long", day: from[7] && "numeric" })
    .formatRange(new Date(from), new Date(to));
}

function makeOption(option, place) {
  const node = make("li", "option", { id: "option" + place, role: "option", dir: "auto" }, ...marked(option.segments));
  if (option.name) node.append(make("i", "note", {}, ` (${option.name})`));
  return Object.assign(node, { option });
}

/** An open list has options, and an active option an open list. */
function settle(state) {
  const open = state.open && state.options.length > 0;
  return { ...state, open, active: open ? state.active : -1 };
}

function render({ text, options, open, active, hits, next, isBusy, status, alert, hint, full }, view) {
  const { input, list, results, more, retry } = view;
  if (input) {
    if (view.options !== options) list.replaceChildren(...options.map(makeOption));
    if (input.value !== text) input.value = text;
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
    input.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", place === active);
      if (place !== active) return;
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }
  results.hidden = !hits[0];
  if (view.hits !== hits) {
    // More of the same is added. What is new takes the focus from its button.
    const known = hits[0] === view.hits[0] ? view.hits.length : 0;
    const added = hits.slice(known).map(view.makeHit);
    if (!known) results.replaceChildren();
    results.append(...added);
    if (!alert && [more, retry].some((button) => button.matches(":focus"))) (added[0]?.querySelector("a") ?? input)?.focus();
  }
  Object.assign(view, { options, hits });
  results.setAttribute("aria-busy", isBusy);
  more.hidden = !next || !!alert;
  retry.hidden = !alert && !retry.matches(":focus");
  view.full.hidden = !full;
  view.full.href = full;
  // Live regions speak when they change.
  for (const [name, words] of Object.entries({ status, alert, hint })) if (view[name].textContent !== words) view[name].textContent = words;
}

class RcpSearch extends HTMLElement {
  static observedAttributes = ["src", "ui", "lang", "mode", "sort", "limit", "passages", "label", "placeholder", "heading", ...FILTERS];

  #state; #view; #running = {}; #pause;

  connectedCallback() {
    this.#restart();
  }

  attributeChangedCallback() {
    if (this.#view) this.#restart();
  }

  disconnectedCallback() {
    this.#stop("suggest");
    this.#stop("search");
  }

  /** Searches as if a text had been typed. */
  async search(text) {
    await null;
    this.#stop("suggest");
    this.#set({ text, asked: text, options: [] });
    return this.#find();
  }

  /** Begins anew, once for all changes together. */
  async #restart() {
    const own = this.#running.start = {};
    await null;
    if (this.#running.start !== own || !this.isConnected) return;
    // What was typed is kept, also before this module came.
    const box = this.#view?.input ?? this.querySelector("[name=q]");
    const isFocused = box?.matches(":focus");
    const { text = box?.value || this.getAttribute("q") || "", asked = this.getAttribute("q") } = this.#state ?? {};
    this.#build();
    this.#state = null;
    this.#set({ text, asked, options: [], open: false, hits: [], next: null, isBusy: false, status: "", alert: "", hint: "", full: "" });
    if (isFocused) this.#view.input?.focus();
    if (asked != null || this.#isList) this.#find();
  }

  get #isList() {
    return this.getAttribute("mode") === "list";
  }

  get #ui() {
    const language = (this.getAttribute("ui") ?? this.closest("[lang]")?.lang ?? "").slice(0, 2);
    return STRINGS[language] ? language : "en";
  }

  /** An address of the server; its first page for what is no path. */
  #address(path) {
    return (this.getAttribute("src") ?? HOME).replace(/\/$/, "") + (path?.startsWith("/") ? path : "/");
  }

  #set(change) {
    this.#state = settle({ ...this.#state, ...change });
    render(this.#state, this.#view);
  }

  #build() {
    const strings = STRINGS[this.#ui];
    const view = this.#view = {
      strings,
      hits: [],
      makeHit: (hit) => this.#makeHit(hit),
      hint: make("p", "hint", { role: "status" }),
      status: make("p", "status", { role: "status", dir: "auto" }),
      alert: make("p", "alert", { id: "alert", role: "alert", dir: "auto" }),
      results: make("ol", "results", { role: "list" }),
      retry: make("button", "button", { type: "button" }, strings.retry),
      more: make("button", "button", { type: "button" }, strings.more),
      full: make("a", "full", {}, strings.full),
    };
    const root = make("div", "root", { lang: this.#ui, dir: "ltr" });
    if (!this.#isList) {
      const label = this.getAttribute("label") ?? strings.label;
      const input = view.input = make("input", "input", {
        id: "input", dir: "auto", placeholder: this.getAttribute("placeholder"), enterkeyhint: "search", autocomplete: "off",
        role: "combobox", "aria-autocomplete": "list", "aria-controls": "list", "aria-describedby": "alert",
      });
      const list = view.list = make("ul", "list", { id: "list", role: "listbox", "aria-label": label });
      const form = make("form", "form", { role: "search", "aria-label": label },
        make("label", "label", { for: "input" }, label), make("div", "box", {}, input, make("button", "button", {}, strings.search), list));
      form.onsubmit = (event) => {
        event.preventDefault();
        this.search(input.value);
      };
      input.oninput = (event) => event.isComposing || this.#typed();
      input.addEventListener("compositionend", () => this.#typed());
      input.onkeydown = (event) => this.#key(event);
      input.onblur = () => {
        this.#stop("suggest");
        this.#set({ open: false });
      };
      list.onmousedown = (event) => event.preventDefault();
      root.append(form);
    }
    root.append(view.hint, view.status, view.alert, view.results, view.retry, " ", view.more, " ", view.full);
    root.onclick = (event) => this.#click(event);
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [STYLE];
    shadow.replaceChildren(root);
  }

  #makeHit(hit) {
    const { strings } = this.#view;
    const link = (text, lang, passage) => Object.assign(make("a", "link", { href: this.#address((passage ?? hit).url), lang, dir: "auto" }, text), { hit, passage });
    const source = (link, place, citation) => make("div", "source", {}, link, make("details", "citation", {},
      make("summary", "summary", { "aria-label": `${strings.cite}: ${place}` }, strings.cite),
      make("p", "text", { dir: "auto" }, citation), make("button", "button", { type: "button" }, strings.copy)));
    const facts = [...hit.rcps, hit.type].map((concept) => concept?.label).concat(hit.date && dated(hit.date, strings.locale));
    return make("li", "hit", {},
      make("h" + (this.getAttribute("heading") ?? 3), "title", {}, link(hit.title, hit.languages[1] ? "" : hit.languages[0])),
      make("p", "meta", {}, ...facts.filter(Boolean).flatMap((fact) => [" · ", make("bdi", null, {}, fact)]).slice(1)),
      ...hit.passages.map((passage) => {
        const page = passage.page == null ? "" : strings.page.replace("{n}", passage.page);
        const place = passage.label.endsWith(page) ? passage.label : `${passage.label}, ${page}`;
        return make("div", "passage", {}, make("p", "text", { lang: passage.lang, dir: "auto" }, ...marked(passage.segments)),
          source(link(place, null, passage), place, passage.citation));
      }),
      hit.passages[0] ? "" : source("", hit.title, hit.citation));
  }

  #stop(kind) {
    clearTimeout(this.#pause);
    this.#running[kind]?.abort();
    this.#running[kind] = null;
  }

  /** Answer and response; [] once there is a newer question of the kind, or none. */
  async #ask(kind, params) {
    this.#stop(kind);
    const own = this.#running[kind] = new AbortController();
    const patience = setTimeout(() => own.abort(), PATIENCE);
    const answer = await fetch(`${this.#address("/v1/" + kind)}?${params}`, { signal: own.signal, credentials: "omit", referrerPolicy: "no-referrer" })
      .then(async (response) => [await response.json().catch(() => null), response], () => [null]);
    clearTimeout(patience);
    return this.#running[kind] === own ? answer : [];
  }

  #typed() {
    this.#stop("suggest");
    const text = this.#view.input.value;
    const isShort = text.trim().length < 2;
    this.#set({ text, active: -1, ...(isShort && { options: [] }) });
    if (!isShort) this.#pause = setTimeout(() => this.#suggest(-1), PAUSE);
  }

  async #suggest(active) {
    const [answer, response] = await this.#ask("suggest", new URLSearchParams({ q: this.#state.text, ui: this.#ui }));
    if (!response?.ok || !answer) return;
    const text = answer.did_you_mean;
    this.#set({ options: [...(text ? [{ text, segments: [{ text }] }] : []), ...answer.suggestions], open: true, active });
  }

  /** Asks for the first page of results, or the one at a cursor. */
  async #find(cursor) {
    const params = new URLSearchParams({ ui: this.#ui });
    const add = (name, value) => value && params.append(name, value);
    add("q", this.#state.asked);
    add("sort", this.getAttribute("sort") ?? (this.#isList && "-date"));
    for (const filter of FILTERS) {
      this.getAttribute(filter)?.split(/[\s,]+/).forEach((value) => add(filter.replace("document-", "").replaceAll("-", "_"), value));
    }
    const { strings } = this.#view;
    this.#set({ isBusy: true, status: strings.searching, alert: "", hint: "", full: `${this.#address("/search")}?${params}` });
    add("facets", "none");
    add("limit", this.getAttribute("limit") ?? (this.#isList ? 5 : 10));
    add("passages", this.getAttribute("passages") ?? (this.#isList ? "0" : 2));
    add("cursor", cursor);
    const [answer, response] = await this.#ask("search", params);
    if (answer === undefined) return;
    if (!answer?.hits) {
      if (response?.status === 410) return this.#find();
      this.#set({ isBusy: false, status: "", alert: this.#excuse(response, answer), ...(!cursor && { hits: [], next: null }) });
      return;
    }
    const { meta, hits, interpretation: { relaxed, corrections } } = answer;
    const isShown = this.#emit("results", { query: this.#state.asked ?? "", answer });
    const count = meta.total.toLocaleString(strings.locale) + (meta.partial ? "+" : "");
    const status = [
      strings[meta.total > 1 ? "other" : meta.total ? "one" : "none"].replace("{n}", count),
      relaxed && strings.least.replace("{n}", relaxed.required), ...corrections.map(({ from, to }) => `${from} → ${to.join(", ")}`),
    ].filter(Boolean).join(" · ");
    this.#set({ isBusy: false, ...(isShown ? { status, hits: cursor ? [...this.#state.hits, ...hits] : hits, next: meta.next_cursor } : { status: "", hits: [], next: null }) });
  }

  #excuse(response, problem) {
    const { strings } = this.#view;
    const wait = parseInt(response?.headers.get("retry-after"));
    if (response?.status < 429 && problem?.detail) return problem.detail;
    return ([429, 503].includes(response?.status) ? strings.busy : strings.down) + (wait ? " " + strings.wait.replace("{n}", wait) : "");
  }

  /** False if the page does the rest. */
  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent("rcp-search:" + name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /** ARIA Authoring Practices: combobox, list autocomplete, manual selection. Input methods keep their keys. */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const { key, altKey } = event;
    const { options, active, open, text } = this.#state;
    const count = options.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      const isDown = key === "ArrowDown";
      if (altKey) this.#set({ open: isDown });
      else if (count) this.#set({ open: true, active: isDown ? (active + 1) % count : (Math.max(active, 0) + count - 1) % count });
      else if (text.trim()) this.#suggest(0);
    } else if (key === "Enter" && active >= 0) this.#pick(options[active]);
    else if (key === "Escape" && (open || text)) {
      this.#stop("suggest");
      this.#set(open ? { open: false } : { text: "", options: [] });
    } else {
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) this.#set({ active: -1 });
      return;
    }
    event.preventDefault();
  }

  /** A title leads to its document, other texts are searched for. */
  #pick(suggestion) {
    const url = suggestion.url && this.#address(suggestion.url);
    this.#stop("suggest");
    this.#set({ open: false });
    if (!this.#emit("select", { suggestion, url })) return;
    if (url) location.assign(url);
    else this.search(suggestion.text);
  }

  #click(event) {
    const target = event.target.closest("a, button, [role=option]");
    const { hits, next, isBusy } = this.#state;
    if (target?.hit) this.#emit("select", { hit: target.hit, passage: target.passage, url: target.href }) || event.preventDefault();
    else if (target?.option) this.#pick(target.option);
    else if (target === this.#view.more) isBusy || this.#find(next);
    else if (target === this.#view.retry) this.#find(hits[0] && next);
    else if (target?.closest("details")) this.#copy(target);
  }

  /** Copies the citation before a button, or selects it where that is forbidden. */
  async #copy(button) {
    const citation = button.previousSibling;
    try {
      await navigator.clipboard.writeText(citation.textContent);
      button.textContent = this.#view.strings.copied;
      this.#set({ hint: this.#view.strings.copied });
    } catch {
      getSelection().selectAllChildren(citation);
    }
  }
}

if (!customElements.get("rcp-search")) customElements.define("rcp-search", RcpSearch);
