import { useSyncExternalStore } from "react";

export type Route =
  | { readonly screen: "home" }
  | { readonly screen: "fidelity" }
  | { readonly screen: "design"; readonly id: string };

const fidelityHash = "#/fidelity";

function readRoute(hash: string): Route {
  if (hash === fidelityHash) return { screen: "fidelity" };
  const match = /^#\/design\/([A-Za-z0-9_.:-]{1,64})$/.exec(hash);
  return match?.[1] === undefined ? { screen: "home" } : { screen: "design", id: match[1] };
}

function hashOf(route: Route): string {
  switch (route.screen) {
    case "home":
      return "#/";
    case "fidelity":
      return fidelityHash;
    case "design":
      return `#/design/${route.id}`;
  }
}

export function goTo(route: Route): void {
  location.hash = hashOf(route);
}

/** The address of what is on screen already: no screen is opened again. */
export function renameRoute(route: Route): void {
  const shown = current();
  history.replaceState(null, "", hashOf(route));
  last = { hash: location.hash, route: shown };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

let last: { readonly hash: string; readonly route: Route } | null = null;

function current(): Route {
  if (last?.hash !== location.hash) last = { hash: location.hash, route: readRoute(location.hash) };
  return last.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}
