/** Parts of the screen in the order in which F6 goes through them; each stands in an element with this `data-region`. */
const regions: readonly string[] = ["palette", "canvas", "dial", "pane"];

/** What takes the focus first in a region: what is chosen there, else the first that can. */
const wanted = [
  '[role="tab"][aria-selected="true"]',
  ".react-flow__node.selected",
  '[role="slider"]',
  "input",
  ".react-flow__node-component",
  "button",
] as const;

/** Moves the focus to the region after the one it is in, or before it; folded and empty regions are passed over. */
export function focusNextRegion(step: 1 | -1): void {
  const here = document.activeElement?.closest("[data-region]")?.getAttribute("data-region");
  const at = regions.indexOf(here ?? "");
  const from = at === -1 && step === -1 ? regions.length : at;
  for (let moved = 1; moved <= regions.length; moved += 1) {
    const region = regions[(from + step * moved + 2 * regions.length) % regions.length];
    const target = focusTargetIn(document.querySelector(`[data-region="${region}"]`));
    if (target === null) continue;
    target.focus();
    return;
  }
}

function focusTargetIn(region: Element | null): HTMLElement | null {
  for (const selector of wanted) {
    for (const element of region?.querySelectorAll<HTMLElement>(selector) ?? []) {
      if (element.checkVisibility({ visibilityProperty: true })) return element;
    }
  }
  return null;
}
