import { expect, test } from "vitest";
import { kindDirectory } from "#library/catalogue.ts";
import { setEdgeSetting } from "#src/design/commands/set-edge-setting.ts";
import { setRange } from "#src/design/commands/set-range.ts";
import { setSetting } from "#src/design/commands/set-setting.ts";
import { updateJourney } from "#src/design/commands/update-journey.ts";
import type { Design, Problem } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";

const kinds = kindDirectory;

function fileWith({ node = {}, edge = {}, journey = {} }: { node?: object; edge?: object; journey?: object }): string {
  return JSON.stringify({
    format: "plimsoll",
    version: 1,
    name: "Ranges",
    journeys: [{ id: "j", source: "client", ratePerSecond: 100, ...journey }],
    nodes: [
      { id: "client", kind: "client" },
      { id: "api", kind: "service", settings: { capacityPerSecond: 1000 }, ...node },
    ],
    edges: [{ id: "e", source: "client", target: "api", settings: { networkMs: 1 }, ...edge }],
  });
}

function read(text: string): Design {
  const outcome = readDesignFile(text, kinds);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
}

function faultsOf(parts: Parameters<typeof fileWith>[0]): readonly Pick<Problem, "code" | "path" | "message">[] {
  const outcome = readDesignFile(fileWith(parts), kinds);
  return outcome.ok ? [] : outcome.problem.map(({ code, path, message }) => ({ code, path, message }));
}

const stated = {
  node: { ranges: { capacityPerSecond: [800, 1200], variability: [0.5, 2] } },
  edge: { ranges: { networkMs: [0.5, 4] } },
  journey: { ranges: { ratePerSecond: [50, 300] } },
};

test("ranges of nodes, edges and journeys are read, and printed so that they read the same", () => {
  const design = read(fileWith(stated));
  expect(design.nodes.get("api")?.ranges).toEqual({ capacityPerSecond: [800, 1200], variability: [0.5, 2] });
  expect(design.edges.get("e")?.ranges).toEqual({ networkMs: [0.5, 4] });
  expect(design.journeys.get("j")?.ranges).toEqual({ ratePerSecond: [50, 300] });
  const printed = printDesignFile(design);
  expect(read(printed)).toEqual(design);
  expect(printDesignFile(read(printed))).toBe(printed);
  expect(printed).toContain('"ranges": { "capacityPerSecond": [800, 1200], "variability": [0.5, 2] }');
});

test("a range must hold the number that is in force, stated or by default", () => {
  expect(faultsOf({ node: { ranges: { capacityPerSecond: [1100, 1200] } } })).toEqual([
    {
      code: "bad-value",
      path: "$.nodes[1].ranges.capacityPerSecond",
      message: 'The range 1100 to 1200 does not hold "capacityPerSecond" itself, which is 1000.',
    },
  ]);
  expect(faultsOf({ node: { ranges: { concurrency: [1, 15] } } })).toMatchObject([
    { message: 'The range 1 to 15 does not hold "concurrency" itself, which is 16.' },
  ]);
  expect(faultsOf({ journey: { ranges: { ratePerSecond: [150, 200] } } })).toMatchObject([
    { path: "$.journeys[0].ranges.ratePerSecond" },
  ]);
});

test("each bound must be a number that the setting may have", () => {
  expect(faultsOf({ node: { ranges: { instances: [0, 4] } } })).toEqual([
    {
      code: "bad-value",
      path: "$.nodes[1].ranges.instances[0]",
      message: '"instances" cannot be 0, the low end of its range.',
    },
  ]);
  expect(faultsOf({ edge: { ranges: { networkMs: [-1, 4] } } })).toMatchObject([
    { path: "$.edges[0].ranges.networkMs[0]" },
  ]);
  // The least capacity makes a longer service time than the stated latency: samples move it along, so it is no fault.
  const node = { settings: { capacityPerSecond: 1000, latencyMs: 16 }, ranges: { capacityPerSecond: [500, 2000] } };
  expect(faultsOf({ node })).toEqual([]);
});

test("what is no pair of numbers in order, and what is no number of the kind, is refused with its place", () => {
  for (const range of [[2, 1], [1], [1, "2"], { low: 1, high: 2 }, 3, [1, null]]) {
    expect(faultsOf({ node: { ranges: { capacityPerSecond: range } } })).toMatchObject([
      { path: "$.nodes[1].ranges.capacityPerSecond" },
    ]);
  }
  expect(faultsOf({ node: { ranges: { capacityPerSec: [1, 2] } } })).toMatchObject([
    { code: "unknown-key", path: "$.nodes[1].ranges.capacityPerSec" },
  ]);
  expect(faultsOf({ node: { ranges: { dispatch: [1, 2] } } })).toMatchObject([{ code: "unknown-key" }]);
  expect(faultsOf({ edge: { ranges: { order: [1, 2] } } })).toMatchObject([{ code: "unknown-key" }]);
  expect(faultsOf({ journey: { ranges: { rate: [1, 2] } } })).toMatchObject([{ code: "unknown-key" }]);
});

test("a range needs a value that is the likely one", () => {
  expect(faultsOf({ node: { ranges: { queueLimit: [10, 20] } } })).toMatchObject([
    { code: "bad-value", path: "$.nodes[1].ranges.queueLimit" },
  ]);
  expect(faultsOf({ edge: { ranges: { timeoutMs: [10, 20] } } })).toMatchObject([
    { code: "bad-value", path: "$.edges[0].ranges.timeoutMs" },
  ]);
});

function done(outcome: ReturnType<typeof setRange>): Design {
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

test("a range is set and taken back by a command, and a bad one is refused", () => {
  const design = read(fileWith({}));
  const set = { of: "nodes", id: "api", key: "capacityPerSecond", kinds } as const;
  const ranged = done(setRange(design, { ...set, range: [900, 1100] }));
  expect(ranged.nodes.get("api")?.ranges).toEqual({ capacityPerSecond: [900, 1100] });
  expect(done(setRange(ranged, { ...set, range: undefined }))).toEqual(design);
  expect(setRange(design, { ...set, range: [1100, 1200] }).ok).toBe(false);
  expect(setRange(design, { ...set, id: "none", range: [1, 2] }).ok).toBe(false);
  const onEdge = done(setRange(design, { of: "edges", id: "e", key: "networkMs", kinds, range: [1, 2] }));
  expect(onEdge.edges.get("e")?.ranges).toEqual({ networkMs: [1, 2] });
  const onJourney = done(setRange(design, { of: "journeys", id: "j", key: "ratePerSecond", kinds, range: [1, 200] }));
  expect(onJourney.journeys.get("j")?.ranges).toEqual({ ratePerSecond: [1, 200] });
});

test("a range grows with a value that leaves it, and goes with a value that is taken away", () => {
  const design = read(fileWith(stated));
  const raised = done(setSetting(design, { id: "api", key: "capacityPerSecond", value: 3000, kinds }));
  expect(raised.nodes.get("api")?.ranges?.["capacityPerSecond"]).toEqual([800, 3000]);
  const defaulted = done(setSetting(design, { id: "api", key: "capacityPerSecond", value: undefined, kinds }));
  expect(defaulted.nodes.get("api")?.ranges?.["capacityPerSecond"]).toEqual([800, 2000]);
  const quiet = done(setEdgeSetting(design, { id: "e", key: "networkMs", value: undefined }));
  expect(quiet.edges.get("e")?.ranges).toBeUndefined();
  const journey = design.journeys.get("j");
  if (journey === undefined) throw new Error("no journey");
  const faster = done(updateJourney(design, { journey: { ...journey, ratePerSecond: 500 } }));
  expect(faster.journeys.get("j")?.ranges).toEqual({ ratePerSecond: [50, 500] });
  for (const changed of [raised, defaulted, quiet, faster]) expect(read(printDesignFile(changed))).toEqual(changed);
});
