import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type SnapshotMark, snapshotsToForget, usualLimits } from "./snapshot-policy.ts";

const hourMs = 3_600_000;

function everyMinute(count: number): SnapshotMark[] {
  return Array.from({ length: count }, (_, index) => ({
    revision: index + 1,
    savedAtMs: index * 60_000,
    length: 1000,
  }));
}

test("keeps the newest fifty, then one an hour, then one a day", () => {
  const marks = everyMinute(5 * 24 * 60);
  const forgotten = new Set(snapshotsToForget(marks, usualLimits));
  const kept = marks.filter((mark) => !forgotten.has(mark.revision));
  expect(kept.slice(-50).map((mark) => mark.revision)).toEqual(marks.slice(-50).map((mark) => mark.revision));
  const newestMs = marks.at(-1)?.savedAtMs ?? 0;
  const older = kept.slice(0, -50).map((mark) => newestMs - mark.savedAtMs);
  const hourly = older.filter((ageMs) => ageMs < 47 * hourMs);
  expect(hourly.length).toBe(46);
  // The last state of the first day and of the second; the third day ended within the last 49 hours.
  expect(older.filter((ageMs) => ageMs > 49 * hourMs).length).toBe(2);
});

test("never forgets the newest ones, whatever the clock said and however large they are", () => {
  void fc.assert(
    fc.property(fc.array(fc.record({ savedAtMs: fc.integer(), length: fc.nat() }), { maxLength: 200 }), (states) => {
      const marks = states.map((state, index) => ({ ...state, revision: index + 1 }));
      const forgotten = new Set(snapshotsToForget(marks, usualLimits));
      for (const mark of marks.slice(-usualLimits.always)) expect(forgotten.has(mark.revision)).toBe(false);
      const kept = marks.filter((mark) => !forgotten.has(mark.revision)).slice(0, -usualLimits.always);
      expect(kept.reduce((sum, mark) => sum + mark.length, 0)).toBeLessThanOrEqual(usualLimits.length);
    }),
  );
});
