import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import proxy from "./definition.ts";

test("passes everything on unless it keeps copies", () => {
  expect(recordVisit(proxy, {})).toBe("serve(calls by outcome at 0)");
  expect(recordVisit(proxy, { hitRatio: 0.5 })).toBe("serve(calls by outcome at 0.5)");
});

test("4 cores at 60 000 requests/s are 67 µs a request; half of 10 000 reads/s is left", () => {
  const serving = proxy.serving({});
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBeCloseTo(0.0667, 4);
  expect(10_000 * (1 - (proxy.hitRatio({ hitRatio: 0.5 }) ?? 1))).toBe(5000);
});
