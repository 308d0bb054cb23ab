import { expect, test } from "vitest";
import { recordVisit } from "#library/contract/recording-visit.ts";
import { serviceTimeMs } from "#library/contract/serving.ts";
import loadBalancer from "./definition.ts";

test("routes each request to one target under its policy", () => {
  expect(recordVisit(loadBalancer, {})).toBe("serve(route round-robin)");
  expect(recordVisit(loadBalancer, { policy: "power-of-two" }, { operation: "write" })).toBe(
    "serve(route power-of-two)",
  );
});

test("4 cores at 60 000 requests/s keep a core busy for 67 µs a request", () => {
  const serving = loadBalancer.serving({});
  expect(serving === null ? 0 : serviceTimeMs(serving)).toBeCloseTo(0.0667, 4);
});

test("its policy meets the instances behind it; least response time counts as least connections", () => {
  expect(loadBalancer.routing({})).toBe("round-robin");
  expect(loadBalancer.routing({ policy: "least-response-time" })).toBe("least-connections");
});

test("9 999 h between outages of one hour are 99.99 %", () => {
  const { mtbfHours, mttrMinutes } = loadBalancer.reliability({});
  expect(mtbfHours / (mtbfHours + mttrMinutes / 60)).toBeCloseTo(0.9999, 10);
});
