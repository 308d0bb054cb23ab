import { expect, test } from "vitest";
import { type KeyPress, matchesShortcut, typesCharacter } from "./shortcuts.ts";

function press(key: string, code: string, held: string = ""): KeyPress {
  const holds = (name: string) => held.split(" ").includes(name);
  return { key, code, ctrlKey: holds("ctrl"), metaKey: holds("meta"), shiftKey: holds("shift"), altKey: holds("alt") };
}

test.each([
  ["Ctrl+Z", press("z", "KeyZ", "ctrl"), true],
  ["Ctrl+Z", press("z", "KeyZ", "meta"), true],
  ["Ctrl+Z", press("Z", "KeyZ", "ctrl shift"), false],
  ["Ctrl+Shift+Z", press("Z", "KeyZ", "ctrl shift"), true],
  ["Ctrl+Z", press("я", "KeyZ", "ctrl"), true],
  ["V", press("v", "KeyV"), true],
  ["V", press("v", "KeyV", "ctrl"), false],
  ["Shift+1", press("!", "Digit1", "shift"), true],
  ["?", press("?", "Slash", "shift"), true],
  ["?", press("?", "Minus", "shift"), true],
  ["Ctrl+/", press("/", "Digit7", "ctrl shift"), true],
  ["Ctrl+=", press("=", "Equal", "ctrl"), true],
  ["Delete", press("Delete", "Delete"), true],
  ["Delete", press("Delete", "Delete", "shift"), false],
  ["Alt+ArrowUp", press("ArrowUp", "ArrowUp", "alt"), true],
  ["Alt+Shift+D", press("Î", "KeyD", "alt shift"), true],
])("%s and a key press", (shortcut, key, expected) => {
  expect(matchesShortcut(key, shortcut)).toBe(expected);
});

test("knows which shortcuts somebody who is writing needs for letters", () => {
  expect(["V", "?", "Shift+1", "Ctrl+K", "Alt+Z", "Delete"].filter(typesCharacter)).toEqual(["V", "?", "Shift+1"]);
});
