import { expect, test } from "vitest";
import { Recent } from "./recent.ts";

test("makes a value once while it is asked for, and forgets what nobody asks for any more", () => {
  const made: string[] = [];
  const recent = new Recent<{ readonly key: string }>(3);
  const ask = (key: string) =>
    recent.recall(key, () => {
      made.push(key);
      return { key };
    });
  const first = ask("a");
  for (const key of ["b", "c", "d", "a", "e", "f", "a", "g", "h", "i"]) ask(key);
  expect(ask("a")).toBe(first);
  expect(made).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
  ask("b");
  expect(made.at(-1)).toBe("b");
});
