import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import client from "./definition.ts";

test("makes its calls and occupies nothing", () => {
  expect(recordVisit(client, {})).toBe("calls in order");
  expect(client.serving({})).toBeNull();
});

test("never fails: availability is counted from the client on", () => {
  const { mtbfHours, mttrMinutes } = client.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBe(1);
});
