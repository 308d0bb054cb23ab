import { expect, test } from "vitest";
import service from "../service/definition.ts";

test("a capacity alone never makes a fault: the latency follows the service time", () => {
  expect(service.check({ capacityPerSecond: 10 })).toEqual([]);
  expect(service.serving({ capacityPerSecond: 10 })?.latencyMs).toBe(1600);
  expect(service.serving({ capacityPerSecond: 100_000 })?.latencyMs).toBe(8);
});

test("a stated latency below concurrency / capacity is one fault that says what would fit", () => {
  expect(service.check({ concurrency: 4, capacityPerSecond: 200, latencyMs: 5 })).toEqual([
    {
      path: ["latencyMs"],
      message:
        "The latency of 5 ms is shorter than the service time: concurrency 4 / capacity 200 per second takes 20 ms.",
      expected: "at least 20 ms, or a capacity of at least 800 per second",
    },
  ]);
});

test("no capacity is advised that would serve in no time", () => {
  const faults = service.check({ concurrency: 4, capacityPerSecond: 200, latencyMs: 0 });
  expect(faults.map(({ expected }) => expected)).toEqual(["at least 20 ms"]);
});

test("a stated latency of exactly the service time is fine, however it was rounded", () => {
  for (const serviceMs of [0.1, 0.3, 1 / 3, 7, 12.7, 1e-3]) {
    for (const concurrency of [1, 3, 7, 16, 1000]) {
      const settings = { concurrency, capacityPerSecond: (concurrency / serviceMs) * 1000, latencyMs: serviceMs };
      expect(service.check(settings)).toEqual([]);
    }
  }
});

test("several faults are told at once, each with its place", () => {
  const faults = service.check({ instances: 0.5, capacityPerSec: 10, dispatch: "fastest", queueLimit: -1 });
  expect(faults).toEqual([
    {
      path: ["capacityPerSec"],
      message: 'There is no setting "capacityPerSec" of the kind "service".',
      expected: '"capacityPerSecond"',
    },
    {
      path: ["instances"],
      message: "Instances cannot be 0.5.",
      expected: "a whole number from 1 to 100000 (count)",
    },
    {
      path: ["dispatch"],
      message: 'How requests meet instances cannot be "fastest".',
      expected:
        'one of "default", "shared-queue", "random", "round-robin", "least-connections", "power-of-two", "hash"',
    },
    {
      path: ["queueLimit"],
      message: "Waiting places cannot be -1.",
      expected: "a whole number from 0 to 1000000000 (count), or null for none",
    },
  ]);
});

test("settings that are faulty are thrown at when resolved", () => {
  expect(() => service.resolve({ instances: 0 })).toThrow("Instances cannot be 0.");
});
