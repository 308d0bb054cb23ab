import { fail, type Result, succeed } from "#src/base/result.ts";
import { currentVersion } from "../design-schema.ts";
import { describeValue, type Fault } from "../file/fault.ts";
import { isPlainRecord } from "../json-value.ts";

/** What one release changed in the file. Never edited once released; a stored design of its version goes with it. */
export interface UpgradeStep {
  /** The version that it reads; it gives the next one. */
  readonly from: number;
  /** Pure; gets a file of version `from` that may still hold any fault, and returns a new object. */
  readonly upgrade: (file: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

/** One step for each version before the current one, in order. Version 1 is the first and the current one. */
export const upgradeSteps: readonly UpgradeStep[] = [];

export interface Ladder {
  readonly current: number;
  readonly steps: readonly UpgradeStep[];
}

const releasedLadder: Ladder = { current: currentVersion, steps: upgradeSteps };

/**
 * A file of any released version as one of the current version. Refuses what does not say that it is a design, and files of
 * a newer version than this program knows.
 */
export function upgradeToCurrent(
  raw: unknown,
  ladder: Ladder = releasedLadder,
): Result<Readonly<Record<string, unknown>>, Fault> {
  if (!isPlainRecord(raw))
    return shape([], `The document is ${describeValue(raw)}.`, 'an object with "format": "plimsoll"');
  if (!Object.hasOwn(raw, "format")) return shape([], '"format" is missing.', 'the text "plimsoll"', "format");
  if (raw["format"] !== "plimsoll") {
    return shape(["format"], `"format" is ${describeValue(raw["format"])}.`, 'the text "plimsoll"');
  }
  if (!Object.hasOwn(raw, "version")) {
    return shape([], '"version" is missing.', versions(ladder), "version");
  }
  const version = raw["version"];
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) {
    return shape(["version"], `"version" is ${describeValue(version)}.`, versions(ladder));
  }
  if (version > ladder.current) {
    return fail({
      code: "unsupported-version",
      path: ["version"],
      message: `The file has version ${version}, which is newer than this program knows.`,
      expected: `version ${ladder.current} or older; a newer release of Plimsoll opens this file`,
    });
  }
  let file: Readonly<Record<string, unknown>> = raw;
  for (const step of ladder.steps) {
    if (step.from >= version) file = { ...step.upgrade(file), version: step.from + 1 };
  }
  return succeed(file);
}

function versions(ladder: Ladder): string {
  return ladder.current === 1 ? "the number 1" : `a whole number from 1 to ${ladder.current}`;
}

function shape(path: string[], message: string, expected: string, missing?: string): Result<never, Fault> {
  return fail({ code: "shape", path: missing === undefined ? path : [...path, missing], message, expected });
}
