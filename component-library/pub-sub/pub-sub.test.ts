import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import topic from "./definition.ts";

test("the publisher waits for the acknowledgement; every subscriber gets the message", () => {
  expect(recordVisit(topic, {})).toBe("serve() then deliver each");
  expect(recordVisit(topic, {}, { operation: "write" })).toBe("serve() then deliver each");
});

test("8 at a time at 20 000 messages/s are 0.4 ms of service", () => {
  const serving = topic.serving({});
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBeCloseTo(0.4, 12);
});
