/** The part of a keyboard event that names a key. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Shortcut {
  readonly key: string;
  readonly command: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Reads "Ctrl+Shift+Z". "Ctrl" is the Command key on a Macintosh. The last part is the key; "+" itself is written "Plus". */
function readShortcut(text: string): Shortcut {
  const parts = text.split("+");
  const key = (parts.at(-1) ?? "").toLowerCase();
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
  return { key: key === "plus" ? "+" : key, command: has("Ctrl"), shift: has("Shift"), alt: has("Alt") };
}

/** True when the key press is the shortcut, on either kind of keyboard and with letters by place on non-Latin layouts. */
export function matchesShortcut(press: KeyPress, text: string): boolean {
  const wanted = readShortcut(text);
  if ((press.ctrlKey || press.metaKey) !== wanted.command || press.altKey !== wanted.alt) return false;
  const typed = press.key.toLowerCase();
  // A sign such as "?" is typed with Shift on some layouts and without on others.
  const isSign = wanted.key.length === 1 && !/[a-z0-9]/.test(wanted.key);
  if (isSign && !wanted.shift && typed === wanted.key) return true;
  if (press.shiftKey !== wanted.shift) return false;
  return typed === wanted.key || keyAt(press.code) === wanted.key;
}

const signs: ReadonlyMap<string, string> = new Map([
  ["Slash", "/"],
  ["BracketLeft", "["],
  ["BracketRight", "]"],
  ["Quote", "'"],
  ["Equal", "="],
  ["Minus", "-"],
]);

/** What a key of a US keyboard says at its place. */
function keyAt(code: string): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  if (/^Digit[0-9]$/.test(code)) return code.slice(5);
  return signs.get(code) ?? null;
}

/** A shortcut without Ctrl or Alt types a character, so it must not be taken from somebody who is writing. */
export function typesCharacter(text: string): boolean {
  const { command, alt, key } = readShortcut(text);
  return !command && !alt && key.length === 1;
}
