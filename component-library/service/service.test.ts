import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import service from "./definition.ts";

test("serves, then makes its calls, whatever the operation", () => {
  expect(recordVisit(service, {})).toBe("serve(calls in order)");
  expect(recordVisit(service, {}, { operation: "write" })).toBe("serve(calls in order)");
});

test("16 at a time at 2 000 requests/s take 8 ms of service and no pure delay", () => {
  const serving = service.serving({});
  expect(serving?.latencyMs).toBe(8);
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBe(8);
});

test("4 at a time at 200 requests/s are 20 ms of service; a stated latency of 50 ms leaves 30 ms of pure delay", () => {
  const serving = service.serving({ concurrency: 4, capacityPerSecond: 200, latencyMs: 50 });
  expect(serving === null ? 0 : serving.latencyMs - serviceTimeMs(serving)).toBe(30);
});

test("a worker is free after its own service unless the design says otherwise", () => {
  expect(service.serving({})?.holdsWorkerWhileWaiting).toBe(false);
  expect(service.serving({ holdsWorkerWhileWaiting: true })?.holdsWorkerWhileWaiting).toBe(true);
});
