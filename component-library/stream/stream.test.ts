import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import stream from "./definition.ts";

test("the caller waits for the acknowledgement; every consumer group gets the message", () => {
  expect(recordVisit(stream, {})).toBe("serve() then deliver each");
  expect(recordVisit(stream, {}, { operation: "write" })).toBe("serve() then deliver each");
});

test("8 at a time at 100 000 messages/s are 0.08 ms of service; 3 brokers carry 300 000/s", () => {
  const serving = stream.serving({ instances: 3 });
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBeCloseTo(0.08, 12);
  expect((serving?.instances ?? 0) * (serving?.capacityPerSecond ?? 0)).toBe(300_000);
});
