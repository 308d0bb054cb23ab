import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import database from "./definition.ts";

test("reads are served here and never replicated", () => {
  expect(recordVisit(database, {})).toBe("serve(calls in order)");
});

test("writes flow to the replicas, waited for only when replication is synchronous", () => {
  expect(recordVisit(database, {}, { operation: "write" })).toBe("serve(calls in order then replicate)");
  expect(recordVisit(database, { replication: "synchronous" }, { operation: "write" })).toBe(
    "serve(calls in order then replicate and wait)",
  );
});

test("8 at a time at 5 600 transactions/s are 1.43 ms of service and 1.57 ms of pure delay", () => {
  const serving = database.serving({});
  const service = serving === null ? 0 : serviceTimeMs(serving);
  expect(service).toBeCloseTo(1.4286, 4);
  expect((serving?.latencyMs ?? 0) - service).toBeCloseTo(1.5714, 4);
});

test("a standby makes two units of which one is needed", () => {
  expect(database.reliability({})).toMatchObject({ units: 1, unitsNeeded: 1 });
  expect(database.reliability({ standbys: 1 })).toMatchObject({ units: 2, unitsNeeded: 1 });
});
