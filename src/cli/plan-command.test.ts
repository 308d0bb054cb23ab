import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const cli = fileURLToPath(new URL("../../tests/tools/cli.mjs", import.meta.url));
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-plan-"));
  writeFileSync(join(folder, "shop.plimsoll.json"), JSON.stringify(shop(60, {})));
  writeFileSync(join(folder, "slow.plimsoll.json"), JSON.stringify(shop(2, {})));
  writeFileSync(
    join(folder, "unsure.plimsoll.json"),
    JSON.stringify(shop(60, { ranges: { capacityPerSecond: [120, 300] } })),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shop(targetMs: number, more: object) {
  return {
    format: "plimsoll",
    version: 1,
    name: "Shop",
    journeys: [{ id: "buy", source: "user", ratePerSecond: 180, latencyTargets: [{ percentile: 99, ms: targetMs }] }],
    nodes: [
      { id: "user", kind: "client" },
      { id: "api", kind: "service", settings: { concurrency: 1, capacityPerSecond: 200, latencyMs: 5 }, ...more },
    ],
    edges: [{ id: "e", source: "user", target: "api", settings: { networkMs: 0 } }],
    scenarios: [{ id: "rush", effects: [{ type: "traffic", amount: 3 }] }],
  };
}

function plimsoll(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a plan is printed with its reasons, and checked", () => {
  const { status, stdout } = plimsoll("plan", "shop.plimsoll.json", "--check");
  expect(status).toBe(0);
  // Two at 90 a second each: p99 = ln(100) / 110 s = 42 ms.
  expect(stdout).toContain("1 more instance carries your peak.");
  expect(stdout).toMatch(/api: 1 → 2\. With 1, it would be 90\s% used, over 70\s%\./u);
  expect(stdout).toMatch(/p99 of buy: 230\sms → 41\.9\sms of 60\sms/u);
  const { changes } = JSON.parse(plimsoll("plan", "shop.plimsoll.json", "--load", "2", "--json").stdout);
  expect(changes).toMatchObject([{ node: "api", from: 1, to: 3, because: { of: "headroom", node: "api" } }]);
});

test("what cannot be met ends with 1 when asked, and a share out of range with 2", () => {
  expect(plimsoll("plan", "slow.plimsoll.json").status).toBe(0);
  const { status, stdout } = plimsoll("plan", "slow.plimsoll.json", "--check");
  expect(status).toBe(1);
  expect(stdout).toMatch(/even when nobody waits, and the target is 2\sms/u);
  expect(plimsoll("plan", "shop.plimsoll.json", "--headroom", "1").status).toBe(2);
});

test("intervals are printed only for a design with ranges, also under a scenario", () => {
  const plain = JSON.parse(plimsoll("analyze", "shop.plimsoll.json", "--json").stdout);
  expect(Object.hasOwn(plain, "intervals")).toBe(false);
  const unsure = plimsoll("analyze", "unsure.plimsoll.json", "--json").stdout;
  expect(plimsoll("analyze", "unsure.plimsoll.json", "--json").stdout).toBe(unsure);
  const { intervals } = JSON.parse(unsure);
  expect(intervals).toMatchObject({ samples: 200, seed: 1, unusableSamples: 0 });
  expect(intervals.assumptions).toEqual([
    { of: "node", id: "api", setting: "capacityPerSecond", low: 120, likely: 200, high: 300 },
  ]);
  const load = intervals.figures[0];
  expect(load).toMatchObject({ figure: { of: "design", figure: "maxLoad" }, unboundedShare: 0 });
  expect(load.low).toBeGreaterThan(120 / 180);
  expect(load.low).toBeLessThan(load.likely);
  expect(load.high).toBeLessThan(300 / 180);
  const rush = JSON.parse(plimsoll("analyze", "unsure.plimsoll.json", "--json", "--scenario", "rush").stdout);
  expect(rush.intervals.figures[0].high).toBeCloseTo(load.high / 3, 9);
  expect(plimsoll("analyze", "unsure.plimsoll.json").stdout).toMatch(/Ranges of the file, 200 sampled designs/);
});

test("the report has the intervals as well", () => {
  expect(plimsoll("report", "unsure.plimsoll.json", "--out", "unsure.md").status).toBe(0);
  expect(readFileSync(join(folder, "unsure.md"), "utf8")).toContain("## How certain these figures are");
});
