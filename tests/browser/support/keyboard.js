// A page by keyboard alone: what Tab has to reach, and what it does.

import { focused } from "./seen.js";

/** What Tab has to reach, in the order of the page; the page keeps it, to tell one from another. */
export const reachable = (page) => page.evaluate(() => {
  const isReached = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
    && (element.type !== "radio" || element.checked);
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  globalThis.stops = [...all].filter(isReached);
  return globalThis.stops.map((element) => element.outerHTML.slice(0, 100));
});

/**
 * Presses a key until the focus has left the page, at most so often; answers what had it on the way, each with its place
 * among what is reachable.
 */
export async function walk(page, key, most) {
  const stops = [];
  while (stops.length <= most) {
    await page.keyboard.press(key);
    // Where the page scrolls to what has the focus, it has by the next frame.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const stop = await focused(page);
    const place = await page.evaluate(() => globalThis.stops.indexOf(document.activeElement));
    // A browser without a window around the page goes on at the other end of it.
    if (!stop || stops.some((earlier) => earlier.place === place && place >= 0)) return stops;
    stops.push({ ...stop, place });
  }
  return stops;
}
