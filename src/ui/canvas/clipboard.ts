import { useEffect } from "react";
import type { Session } from "#src/session/session.ts";

const refused = "The browser did not give access to the clipboard. Use the keys Ctrl+C, Ctrl+X and Ctrl+V instead.";

/** For menus; the keys go through the browser's own copy, cut and paste, which need no permission. */
export async function copyToClipboard(session: Session): Promise<boolean> {
  const text = session.copySelection();
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    session.notify("problem", refused);
    return false;
  }
}

export async function cutToClipboard(session: Session): Promise<void> {
  if (await copyToClipboard(session)) session.removeSelection();
}

export async function pasteFromClipboard(session: Session): Promise<void> {
  try {
    session.paste(await navigator.clipboard.readText());
  } catch {
    session.notify("problem", refused);
  }
}

/** Answers the browser's copy, cut and paste, unless they are meant for a text. */
export function useClipboardKeys(session: Session): void {
  useEffect(() => {
    function onCopyOrCut(event: ClipboardEvent): void {
      if (isForText(event.target) || hasSelectedText()) return;
      const text = session.copySelection();
      if (text === null || event.clipboardData === null) return;
      event.clipboardData.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") session.removeSelection();
    }
    function onPaste(event: ClipboardEvent): void {
      if (isForText(event.target)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.trim() === "") return;
      event.preventDefault();
      session.paste(text);
    }
    document.addEventListener("copy", onCopyOrCut);
    document.addEventListener("cut", onCopyOrCut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopyOrCut);
      document.removeEventListener("cut", onCopyOrCut);
      document.removeEventListener("paste", onPaste);
    };
  }, [session]);
}

function isForText(target: EventTarget | null): boolean {
  const isInDialog = document.querySelector("dialog[open]") !== null;
  return (
    isInDialog || (target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea")))
  );
}

/** Somebody who has marked words in a pane wants those. */
function hasSelectedText(): boolean {
  return (document.getSelection()?.toString() ?? "") !== "";
}
