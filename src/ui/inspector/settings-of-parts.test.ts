import { describe, expect, test } from "vitest";
import { inLargerUnit, toField, toFile } from "./amount-units.ts";
import { commonSettings } from "./common-settings.ts";
import { derivedNumbers } from "./derived-numbers.ts";

describe("numbers derived from the requirements", () => {
  test("a million users with 5 requests a day are 57.9/s on average and 174/s at the peak", () => {
    const derived = derivedNumbers({ dailyActiveUsers: 1_000_000, requestsPerUserPerDay: 5 });
    expect(derived.averagePerSecond).toBeCloseTo(57.87, 2);
    expect(derived.peakPerSecond).toBeCloseTo(173.61, 2);
    expect(derived.bytesPerDay).toBeNull();
  });

  test("storage grows by records, size, days and copies", () => {
    const stated = { recordsPerDay: 100_000_000, recordBytes: 500, retentionDays: 1825, replicationFactor: 3 };
    expect(derivedNumbers(stated).bytesPerDay).toBe(50e9);
    expect(derivedNumbers(stated).bytesInAll).toBe(273.75e12);
    expect(derivedNumbers({ recordsPerDay: 10, recordBytes: 5 }).bytesInAll).toBeNull();
  });

  test("nothing stated gives nothing", () => {
    expect(Object.values(derivedNumbers({}))).toEqual([null, null, null, null]);
  });
});

test("ratios stand as percent in their field and come back unchanged", () => {
  expect(toField(0.07, "ratio")).toBe(7);
  expect(toFile(99.95, "ratio")).toBe(0.9995);
  for (let share = 0; share <= 1; share += 0.001) {
    const tidy = Number(share.toPrecision(6));
    expect(toFile(toField(tidy, "ratio"), "ratio")).toBe(tidy);
  }
  expect(toField(1234.5, "ms")).toBe(1234.5);
});

test("large amounts are also said in the unit that people use", () => {
  expect(inLargerUnit(4e9, "bytes")).toBe("4\u00a0GB");
  expect(inLargerUnit(999, "bytes")).toBeNull();
  expect(inLargerUnit(60_000, "ms")).toBe("1\u00a0min");
  expect(inLargerUnit(5000, "per second")).toBeNull();
});

test("settings of several parts are the same, mixed or absent", () => {
  const common = commonSettings([
    { id: "a", kind: "service", settings: { instances: 2, latencyMs: 5, queueLimit: 9 } },
    { id: "b", kind: "service", settings: { instances: 2, latencyMs: 6 } },
  ]);
  expect(common.same).toEqual({ instances: 2 });
  expect([...common.mixed].sort()).toEqual(["latencyMs", "queueLimit"]);
  expect(commonSettings([{ id: "a", kind: "service" }]).mixed.size).toBe(0);
});
