// Makes smoother what works without it: results that change in place, suggestions, copied citations.

document.documentElement.classList.add("scripted");

/* ---- Results that change in place ---- */

/** Milliseconds of rest before a change is announced, and before typed text is looked for. */
const REST = 800, PAUSE = 200;

const results = () => document.querySelector(".results");

/**
 * Makes `old` like `fresh`, an element of another document, and keeps every element that both have: it keeps its focus,
 * and its place on the screen. What a script owns (`data-own`) and what a reader opened is left alone.
 */
function morph(old, fresh) {
  if (old.hasAttribute("data-own") || old.id === "status") return;
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.localName === "details")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.localName === "input") {
    // What is ticked to be cited stays ticked.
    const isChoice = ["checkbox", "radio"].includes(old.type);
    if (isChoice && old.form?.id === "search") old.checked = fresh.hasAttribute("checked");
    if (isChoice) return;
    if (old !== document.activeElement) old.value = fresh.value;
  }
  morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  // An element is known by its id, or the first one in it.
  const key = (node) => (node.nodeType === 1 ? node.id || node.querySelector("[id]")?.id : "") || "";
  const alike = (one, other) => one.nodeName === other.nodeName && key(one) === key(other);
  const stays = new Set([...fresh.childNodes].map(key).filter(Boolean));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    // An element with a name of its own is looked for further on; what stands before it has gone. Another may stand behind one
    // thing that has gone.
    let match = place;
    while (match && !alike(match, child)) match = key(child) || (match === place && !stays.has(key(place))) ? match.nextSibling : null;
    if (!match) {
      old.insertBefore(document.importNode(child, true), place);
      continue;
    }
    while (place !== match) {
      const gone = place;
      place = place.nextSibling;
      if (!gone.dataset || !("own" in gone.dataset)) gone.remove();
    }
    if (match.nodeType === 1) morph(match, child);
    else if (match.data !== child.data) match.data = child.data;
    place = match.nextSibling;
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    if (!gone.dataset || !("own" in gone.dataset)) gone.remove();
  }
}

let running, announcing;

/** Shows the results of an address in place of those that are shown. The last one asked for wins. */
function update(address, { isPushed = true, isMoved = false } = {}) {
  running?.abort();
  clearTimeout(announcing);
  const request = running = new XMLHttpRequest();
  // Whatever goes wrong, the browser can go there by itself.
  const go = () => request === running && location.assign(address);
  request.open("GET", address);
  request.setRequestHeader("accept", "text/html");
  request.responseType = "document";
  request.onerror = go;
  request.onload = () => {
    if (request !== running) return;
    const fresh = request.response;
    if (!fresh?.querySelector(".results")) return go();
    if (isPushed) history.pushState(null, "", address);
    show(fresh, isMoved);
  };
  results().setAttribute("aria-busy", "true");
  request.send();
}

function show(fresh, isMoved) {
  const focused = document.activeElement;
  document.title = fresh.title;
  for (const link of document.head.querySelectorAll("link[rel=alternate]")) link.remove();
  document.head.append(...[...fresh.head.querySelectorAll("link[rel=alternate]")].map((link) => document.importNode(link)));
  for (const part of ["header.site", "main", "footer.site"]) morph(document.querySelector(part), fresh.querySelector(part));
  const box = document.getElementById("q"), query = fresh.getElementById("q");
  if (box && query && box !== document.activeElement) box.value = query.value;
  for (const name of ["aria-invalid", "aria-describedby"]) {
    if (query?.hasAttribute(name)) box?.setAttribute(name, query.getAttribute(name));
    else box?.removeAttribute(name);
  }
  const heading = document.getElementById("results");
  if (isMoved || (focused !== document.body && !focused.isConnected)) {
    heading.focus({ preventScroll: !isMoved });
    if (isMoved) results().scrollIntoView({ block: "start", behavior: "instant" });
  }
  // Said once, when the reader rests; that nothing is left at once.
  const isEmpty = !document.querySelector(".hits");
  const status = document.getElementById("status");
  status.textContent = "";
  announcing = setTimeout(() => { status.textContent = heading.textContent; }, isEmpty ? 50 : REST);
}

/** Address of what the form asks for; what is empty is left out. */
function asked(form) {
  const pairs = [...new FormData(form)].filter(([name, value]) => value !== "" && !(name === "match" && value === "most"));
  const query = new URLSearchParams(pairs).toString();
  return form.getAttribute("action") + (query && "?" + query);
}

if (results()) {
  const form = () => document.getElementById("search");
  let typing;
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    update(asked(form()));
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form !== form() || target.name === "q" || target.name === "find") return;
    // A number is asked for when it is whole.
    if (!target.checkValidity()) return;
    update(asked(form()));
  });
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form() || target.name !== "find") return;
    clearTimeout(typing);
    typing = setTimeout(() => update(asked(form()), { isPushed: false }), PAUSE);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== "/search") return;
    event.preventDefault();
    update(link.href.split("#")[0], { isMoved: !!link.closest(".paging") });
  });
  // Of documents that a search is restricted to, those that are ticked.
  document.addEventListener("formdata", ({ target, formData }) => {
    const ticked = [...target.elements].filter((box) => box.type === "checkbox" && box.name === "document" && box.checked);
    if (target.id !== "picked" || ticked.length === 0) return;
    formData.delete("document");
    for (const box of ticked) formData.append("document", box.value);
  });
  addEventListener("popstate", () => {
    document.activeElement?.blur?.();
    update(location.href, { isPushed: false });
  });
}

/* ---- Suggestions: ARIA Authoring Practices, combobox with a list, chosen by hand ---- */

/** An open list has options, and an active option an open list. */
function settled(state) {
  const isOpen = state.isOpen && state.options.length > 0;
  return { ...state, isOpen, active: isOpen ? state.active : -1 };
}

function suggestions(form, number) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const name = "suggestions-" + number;
  Object.assign(list, { id: name, className: "suggestions", role: "listbox", ariaLabel: input.dataset.list });
  for (const element of [input, list]) element.setAttribute("data-own", "");
  form.append(list);
  let state = settled({ options: [], isOpen: false, active: -1 });
  let shown, asking, pause;

  /** The one place that sets ARIA. */
  function set(change) {
    state = settled({ ...state, ...change });
    const { options, isOpen, active } = state;
    if (shown !== options) list.replaceChildren(...options.map(option));
    shown = options;
    list.hidden = !isOpen;
    const attributes = {
      role: "combobox", "aria-autocomplete": "list", "aria-controls": name, "aria-expanded": isOpen,
      "aria-activedescendant": active >= 0 ? list.children[active].id : null,
    };
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value === null) input.removeAttribute(attribute);
      else input.setAttribute(attribute, value);
    }
    [...list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", place === active);
      if (place === active) item.scrollIntoView({ block: "nearest" });
    });
  }

  function option(suggestion, place) {
    const item = document.createElement("li");
    Object.assign(item, { id: `${name}-${place}`, role: "option", onclick: () => choose(suggestion) });
    const text = document.createElement("span");
    text.dir = "auto";
    for (const { text: words, match } of suggestion.segments) text.append(match ? Object.assign(document.createElement("mark"), { textContent: words }) : words);
    const note = { concept: input.dataset.filter, title: input.dataset.document }[suggestion.kind];
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = [suggestion.name, note].filter(Boolean).join(" · ");
    item.append(text, " ", count);
    return item;
  }

  function stop() {
    clearTimeout(pause);
    asking?.abort();
    asking = null;
  }

  async function ask(active) {
    stop();
    const own = asking = new AbortController();
    const params = new URLSearchParams({ q: input.value, ui: document.documentElement.lang });
    try {
      const response = await fetch("/v1/suggest?" + params, { signal: own.signal, credentials: "same-origin" });
      const answer = response.ok && await response.json();
      if (asking === own && answer && document.activeElement === input) set({ options: answer.suggestions, isOpen: true, active });
    } catch {
      // Without suggestions the box is still a box.
    }
  }

  /** A title leads to its document; a concept becomes a filter; other texts are searched for. */
  function choose(suggestion) {
    stop();
    set({ isOpen: false });
    const ui = form.elements.ui?.value;
    if (suggestion.url) return location.assign(suggestion.url + (ui ? "?ui=" + ui : ""));
    const { facet, value, label, text } = suggestion;
    input.value = facet ? text.slice(0, text.length - label.length).trim() : text;
    if (!facet) return form.requestSubmit();
    const address = asked(form);
    const filtered = address + (address.includes("?") ? "&" : "?") + new URLSearchParams({ [facet]: value });
    if (results() && form.id === "search") update(filtered);
    else location.assign(filtered);
  }

  input.addEventListener("input", () => {
    stop();
    const isShort = input.value.trim().length < 2;
    set({ active: -1, ...(isShort && { options: [] }) });
    if (!isShort) pause = setTimeout(() => ask(-1), PAUSE);
  });
  input.addEventListener("blur", () => {
    stop();
    set({ isOpen: false });
  });
  form.addEventListener("submit", () => {
    stop();
    set({ isOpen: false });
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    // Input methods keep their keys.
    if (event.isComposing || event.keyCode === 229) return;
    const { options, active, isOpen } = state, count = options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const isDown = event.key === "ArrowDown";
      if (event.altKey) set({ isOpen: isDown });
      else if (count) set({ isOpen: true, active: isDown ? (active + 1) % count : (Math.max(active, 0) + count - 1) % count });
      else if (input.value.trim()) ask(0);
    } else if (event.key === "Enter" && active >= 0) choose(options[active]);
    else if (event.key === "Escape" && (isOpen || input.value)) {
      stop();
      if (!isOpen) input.value = "";
      set(isOpen ? { isOpen: false } : { options: [] });
    } else {
      if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) set({ active: -1 });
      return;
    }
    event.preventDefault();
  });
  set({});
}

[...document.querySelectorAll("form.find")].filter((form) => form.elements.q).forEach(suggestions);

/* ---- Copied texts ---- */

document.addEventListener("click", async ({ target }) => {
  const button = target.closest?.("button[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const lines = source.localName === "ol" ? [...source.children].map((item) => item.textContent.trim()) : [source.textContent];
  button.dataset.label ??= button.textContent;
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
  } catch {
    // Not allowed: the text is selected instead, ready to be copied by hand.
    getSelection().selectAllChildren(source);
    return;
  }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = button.dataset.label ?? button.textContent; }, 2000);
});
