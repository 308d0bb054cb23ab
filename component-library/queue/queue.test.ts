import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import queue from "./definition.ts";

test("the caller waits for the acknowledgement; one consumer gets the message", () => {
  expect(recordVisit(queue, {})).toBe("serve() then deliver one");
  expect(recordVisit(queue, {}, { operation: "write" })).toBe("serve() then deliver one");
});

test("20 000 messages/s are 0.05 ms of service; 2.95 ms of the 3 ms are pure delay", () => {
  const serving = queue.serving({});
  const service = serving === null ? 0 : serviceTimeMs(serving);
  expect(service).toBeCloseTo(0.05, 12);
  expect((serving?.latencyMs ?? 0) - service).toBeCloseTo(2.95, 12);
});
