// A page of another origin that embeds the widget, as strict as a page can be, and what a test sees of it.

import { INTEGRITY, MODULE_PATH, listen } from "./api.js";

/** The lines that a site pastes, as in docs/widget.md. */
export function snippet(server, { attributes = "", module = MODULE_PATH, integrity = INTEGRITY } = {}) {
  const form = `<form action="${server}/search" role="search"><label>Search <input name="q"></label> <button>Search</button></form>`;
  return `<script type="module" src="${server}${module}" integrity="${integrity}" crossorigin></script>
    <rcp-search ${attributes}>${form}</rcp-search>`;
}

/** What the page's policy allows: the module, the API, the form, and no markup made by scripts. */
export function policy(server) {
  return `default-src 'none'; script-src ${server}/widget/; connect-src ${server}/v1/; form-action ${server}/search; style-src 'none'; base-uri 'none'; ` +
    "require-trusted-types-for 'script'; trusted-types 'none'";
}

/** The site: serves the page that a test wrote last. */
export async function startSite() {
  let page = { body: "", headers: {} };
  const site = await listen((request, response) => {
    response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...page.headers });
    response.end(page.body);
  });
  return { ...site, show: (body, headers) => { page = { body, headers }; } };
}

/** Opens the site with the widget in it; everything that goes wrong in the page is in `trouble`. */
export async function open({ browser, site, server }, { widget = {}, html = "", body = "", context = {}, prepare } = {}) {
  const browserContext = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
  const page = await browserContext.newPage();
  const trouble = [];
  page.on("dialog", (dialog) => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("pageerror", (error) => trouble.push(`error: ${error}`));
  await page.addInitScript(() => {
    globalThis.violations = [];
    addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  if (context.javaScriptEnabled !== false) await prepare?.(page);
  site.show(`<!doctype html><html lang="en" ${html}><head><title>A site</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
    <body><main><h1>A site</h1><h2>Its documents</h2><a href="#before">before</a>${snippet(server, widget)}<a id="after" href="#after">after</a>${body}</main></body></html>`,
  { "content-security-policy": policy(server) });
  await page.goto(`${site.origin}/`);
  return {
    page, trouble,
    input: page.getByRole("combobox"), options: page.getByRole("option"), status: page.locator("[part=status]"), alert: page.locator("[part=alert]"),
    hits: page.locator("[part=hit]"), more: page.getByRole("button", { name: /^(More results|Más resultados|Plus de résultats)$/ }),
    violations: () => page.evaluate(() => globalThis.violations),
    close: () => browserContext.close(),
  };
}

/** What ARIA says of the combobox. */
export function combobox(page) {
  return page.evaluate(() => {
    const root = document.querySelector("rcp-search").shadowRoot;
    const input = root.querySelector("input");
    const list = root.getElementById(input.getAttribute("aria-controls"));
    const active = input.getAttribute("aria-activedescendant");
    const option = active && root.getElementById(active);
    const box = option?.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    return {
      expanded: input.getAttribute("aria-expanded"),
      shown: list.checkVisibility(),
      options: list.children.length,
      active: option ? [...list.children].indexOf(option) : active === null ? -1 : "no such option",
      isVisible: !option || (option.checkVisibility() && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1),
      selected: [...list.children].flatMap((child, place) => (child.getAttribute("aria-selected") === "true" ? [place] : [])),
    };
  });
}

/** What has the focus, by its name, id or text. */
export const focused = (page) => page.evaluate(() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element.getAttribute("aria-label") ?? (element.id || element.textContent);
});

export const texts = (locator) => locator.allTextContents();

/** Elements of the widget that are cut off, and whether the page scrolls sideways. */
export const overflow = (page) => page.evaluate(() => {
  const cut = [...document.querySelector("rcp-search").shadowRoot.querySelectorAll("*")].filter((element) => {
    const { overflowX, display } = getComputedStyle(element);
    return display !== "inline" && overflowX !== "auto" && !element.matches("input, [part=hint]") && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
  });
  return [...cut.map((element) => element.outerHTML.slice(0, 100)), ...(document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [])];
});
