import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { currentVersion } from "../design-schema.ts";
import { type Ladder, upgradeSteps, upgradeToCurrent } from "./ladder.ts";

const storedDesigns = new URL("../../../tests/stored-designs/", import.meta.url);

describe("the ladder of versions", () => {
  test("[UPG1] there is one step for every version before the current one, in order", () => {
    expect(upgradeSteps.map((step) => step.from)).toEqual(
      Array.from({ length: currentVersion - 1 }, (_, at) => at + 1),
    );
  });

  test("[UPG2] every released version has a stored design, so that every step is exercised", () => {
    const files = readdirSync(storedDesigns).filter((name) => name.endsWith(".plimsoll.json"));
    const versions = new Set(files.map((name) => Number(/^v(\d+)-/.exec(name)?.[1])));
    expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: currentVersion }, (_, at) => at + 1));
  });

  const threeRungs: Ladder = {
    current: 3,
    steps: [
      { from: 1, upgrade: ({ title, ...file }) => ({ ...file, name: title }) },
      { from: 2, upgrade: (file) => ({ ...file, trail: `${file["trail"] ?? ""}2` }) },
    ],
  };

  test.each([
    [1, { format: "plimsoll", version: 1, title: "A" }, { format: "plimsoll", version: 3, name: "A", trail: "2" }],
    [2, { format: "plimsoll", version: 2, title: "A" }, { format: "plimsoll", version: 3, title: "A", trail: "2" }],
    [3, { format: "plimsoll", version: 3, title: "A" }, { format: "plimsoll", version: 3, title: "A" }],
  ])("[UPG3] a file of version %d climbs the steps from its own version on", (_version, file, expected) => {
    const before = structuredClone(file);
    expect(upgradeToCurrent(file, threeRungs)).toEqual({ ok: true, value: expected });
    expect(file).toEqual(before);
  });

  test("[UPG4] a file from a newer program is refused as such", () => {
    expect(upgradeToCurrent({ format: "plimsoll", version: 4 }, threeRungs)).toMatchObject({
      ok: false,
      problem: { code: "unsupported-version", path: ["version"] },
    });
  });
});
