// What a reader sees of elements: colours of text, border and outline and what is behind them, places, the ring of the focus.

/** What is seen of an element. It runs in the page. */
function look(element) {
  const up = (inner) => inner.parentElement ?? inner.getRootNode().host;
  const back = (inner) => {
    const color = inner && getComputedStyle(inner).backgroundColor;
    return !inner ? "rgb(255, 255, 255)" : /^rgba|\//.test(color) ? back(up(inner)) : color;
  };
  const style = getComputedStyle(element);
  const { top, left, bottom, width, height } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const hit = element.getRootNode().elementFromPoint(left + Math.min(width, 40) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
  return {
    what: element.outerHTML.slice(0, 100),
    text: [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join(""),
    color: style.color, border: style.borderTopColor, outline: style.outlineColor, outlineStyle: style.outlineStyle,
    ring: parseFloat(style.outlineWidth), isRingInside: parseFloat(style.outlineOffset) < 0,
    placeholder: getComputedStyle(element, "::placeholder").color,
    back: back(element), around: back(up(element)),
    top: top + scrollY, left: left + scrollX, width, height,
    // Enough of it to be hit.
    isInView: Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, 23) && left >= -1 && left < innerWidth - Math.min(width, 24) + 1,
    isOnTop: hit !== null && (element.contains(hit) || hit.contains(element)),
  };
}

/** What is seen of everything that matches and shows; of the shadow root of `host`, where there is one. */
export const seen = (page, selector, host) => page.evaluate(`(() => {
  const look = ${look}, host = ${JSON.stringify(host ?? null)};
  const root = host ? document.querySelector(host).shadowRoot : document;
  return [...root.querySelectorAll(${JSON.stringify(selector)})].filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })).map(look);
})()`);

/** What is seen of what has the focus; null where nothing has. */
export const focused = (page) => page.evaluate(`(() => {
  const look = ${look};
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : look(element);
})()`);

/** Red, green and blue, from 0 to 1, of a computed colour: `rgb(29, 38, 48)` or `color(srgb 0.1 0.2 0.3)`. */
const channels = (color) => color.match(/[\d.]+/g).slice(0, 3).map((part) => (color.startsWith("rgb") ? part / 255 : Number(part)));

/** Contrast of two computed colours (WCAG 2.2, relative luminance). */
export function contrast(first, second) {
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
