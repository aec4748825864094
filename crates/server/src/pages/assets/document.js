// The page of a document, and that of citations: buttons that copy, and stepping through matches.
{
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;

  // A permanent address names its passage behind #, which the server does not see: a later part is asked for by name.
  const parts = document.querySelector("nav.places");
  const toPart = () => {
    const id = location.hash.slice(1);
    const address = new URL(location.href);
    if (!/^[a-z0-9-]+$/.test(id) || document.getElementById(id) || address.searchParams.get("passage") === id) return;
    address.searchParams.delete("part");
    address.searchParams.set("passage", id);
    location.replace(address);
  };
  if (parts) {
    toPart();
    addEventListener("hashchange", toPart);
  }

  const nav = document.querySelector("nav.matches");
  const matches = [...document.querySelectorAll(".match")];
  if (nav && matches.length > 0) {
    const stepper = nav.querySelector(".stepper");
    const status = stepper.querySelector("[role=status]");
    const { before, behind, earlier, all, of } = nav.dataset;
    stepper.hidden = false;
    const current = () => matches.findIndex((match) => `#${match.id}` === location.hash);
    const tell = () => {
      const at = current();
      status.textContent = at < 0 ? "" : of.replace("{at}", Number(earlier) + at + 1).replace("{all}", all);
    };
    const step = (by) => {
      const at = current();
      // Without a current one: the first below the top of the window, or the last above it.
      const below = matches.findIndex((match) => match.getBoundingClientRect().top > 0);
      const from = at >= 0 ? at : (below < 0 ? matches.length : below) - (by > 0 ? 1 : 0);
      const next = matches[from + by];
      const { activeElement } = document;
      if (next) location.replace(`#${next.id}`);
      else if (by > 0 ? behind : before) location.assign(by > 0 ? behind : before);
      tell();
      // Going there takes the focus from the button.
      if (activeElement !== document.body) activeElement.focus({ preventScroll: true });
    };
    for (const button of stepper.querySelectorAll("button")) {
      button.addEventListener("click", () => step(Number(button.dataset.step)));
    }
    addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const isTyping = event.target.closest?.("input, select, textarea");
      if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping) return;
      event.preventDefault();
      step(by);
    });
    addEventListener("hashchange", tell);
    tell();
  }
}
