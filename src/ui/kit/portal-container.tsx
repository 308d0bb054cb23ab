import { createContext, useContext } from "react";

/** Where popups are put: the body, or the dialog they were opened from (a modal dialog makes everything outside it inert). */
export const PortalContainer = createContext<HTMLElement | null>(null);

export function usePortalContainer(): HTMLElement | null {
  return useContext(PortalContainer);
}
