import { classNames } from "./class-names.ts";
import styles from "./kbd.module.css";

interface KbdProps {
  /** As written on keys, joined by plus: `Ctrl+K`, `/`. On a Mac, Ctrl is shown as the command sign. */
  readonly keys: string;
  readonly className?: string | undefined;
}

const MAC_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/Ctrl\+/g, "⌘"],
  [/Alt\+/g, "⌥"],
  [/Shift\+/g, "⇧"],
];

function isMac(): boolean {
  return typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
}

/** The keys as this machine's user reads them. */
export function shownKeys(keys: string): string {
  if (!isMac()) return keys.replaceAll("+", " ").replace(/^ $/, "+");
  return MAC_SIGNS.reduce((text, [pattern, sign]) => text.replace(pattern, sign), keys);
}

export function Kbd({ keys, className }: KbdProps) {
  return <kbd className={classNames(styles["keys"], className)}>{shownKeys(keys)}</kbd>;
}
