import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const cli = fileURLToPath(new URL("../../tests/tools/cli.mjs", import.meta.url));
let folder = "";
const inFolder = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-command-"));
  writeFileSync(inFolder("shop.plimsoll.json"), JSON.stringify(shop(50)));
  writeFileSync(inFolder("slow.plimsoll.json"), JSON.stringify(shop(1)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One M/M/1 station of 200/s: at 100/s its p99 is ln(100) / 100 s = 46 ms (Kleinrock 1975, 3.2). */
function shop(targetMs: number) {
  return {
    format: "plimsoll",
    version: 1,
    name: "Shop \u001b[31m\u009b31m",
    journeys: [{ id: "buy", source: "user", ratePerSecond: 100, latencyTargets: [{ percentile: 99, ms: targetMs }] }],
    nodes: [
      { id: "user", kind: "client" },
      {
        id: "api",
        kind: "service",
        settings: { concurrency: 1, capacityPerSecond: 200, latencyMs: 5, holdsWorkerWhileWaiting: false },
      },
    ],
    edges: [{ id: "e", source: "user", target: "api", settings: { networkMs: 0 } }],
    scenarios: [{ id: "rush", effects: [{ type: "traffic", amount: 3 }] }],
  };
}

function plimsoll(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const number = v.number();
const maybe = v.nullable(v.number());
const percentiles = v.object({ mean: maybe, p50: maybe, p90: maybe, p95: maybe, p99: maybe, p999: maybe });

/** The object of the contract, field by field. */
const analysis = v.object({
  format: v.literal("plimsoll-analysis"),
  version: v.literal(1),
  load: number,
  maxLoad: maybe,
  maxLoadWithinTargets: maybe,
  breaksFirst: v.array(v.string()),
  journeys: v.array(
    v.object({
      id: v.string(),
      offeredPerSecond: number,
      completedPerSecond: number,
      errorRate: number,
      latencyMs: percentiles,
      availability: number,
      maxPerSecond: maybe,
      bottleneck: v.nullable(v.string()),
      meetsTargets: v.boolean(),
      paths: v.array(v.object({ nodes: v.array(v.string()), share: number, latencyMs: percentiles })),
      breakdown: v.array(
        v.object({ node: v.string(), visits: number, serviceMs: number, waitMs: maybe, networkMs: number }),
      ),
    }),
  ),
  nodes: v.array(
    v.object({
      id: v.string(),
      arrivalsPerSecond: number,
      utilization: number,
      capacityPerSecond: maybe,
      headroom: maybe,
      queueLength: maybe,
      waitMs: v.object({ mean: maybe, p99: maybe }),
      residenceMs: v.object({ mean: maybe, p99: maybe }),
      rejectedPerSecond: number,
      instancesNeeded: maybe,
      availability: number,
      monthlyCost: maybe,
    }),
  ),
  edges: v.array(v.object({ id: v.string(), callsPerSecond: number, bytesPerSecond: number })),
  risks: v.array(
    v.object({
      rule: v.string(),
      severity: v.picklist(["critical", "high", "medium", "low"]),
      nodes: v.array(v.string()),
      edges: v.array(v.string()),
      title: v.string(),
      evidence: v.record(v.string(), v.union([number, v.string(), v.null()])),
      impact: v.string(),
      detection: v.string(),
      response: v.string(),
      prevention: v.string(),
    }),
  ),
});

describe("analyze", () => {
  test("prints every field of the contract, with the figures of the textbook", () => {
    const { status, stdout } = plimsoll("analyze", "shop.plimsoll.json", "--json", "--check");
    const report = v.parse(analysis, JSON.parse(stdout));
    expect(status).toBe(0);
    const [journey] = report.journeys;
    const api = report.nodes.find(({ id }) => id === "api");
    expect(api?.utilization).toBeCloseTo(0.5, 6);
    expect(journey?.latencyMs.mean).toBeCloseTo(10, 2);
    expect(journey?.latencyMs.p99).toBeCloseTo(Math.log(100) * 10, 1);
    expect(report.maxLoad).toBeCloseTo(2, 3);
    expect(report.breaksFirst).toEqual(["api"]);
    expect(journey?.breakdown.map(({ node }) => node)).toContain("api");
  });

  test("--check ends with 1 when a target is missed, and without it with 0", () => {
    const checked = plimsoll("analyze", "slow.plimsoll.json", "--check");
    expect(checked.status).toBe(1);
    expect(checked.stdout).toContain("MISSED");
    expect(plimsoll("analyze", "slow.plimsoll.json").status).toBe(0);
  });

  test("--load and --scenario change the load", () => {
    const { stdout } = plimsoll("analyze", "shop.plimsoll.json", "--json", "--load", "1.5");
    expect(v.parse(analysis, JSON.parse(stdout)).nodes.find(({ id }) => id === "api")?.utilization).toBeCloseTo(0.75);
    const rush = plimsoll("analyze", "shop.plimsoll.json", "--json", "--scenario", "rush");
    const report = v.parse(analysis, JSON.parse(rush.stdout));
    expect(report.journeys[0]?.latencyMs.p99).toBeNull();
    expect(report.journeys[0]?.completedPerSecond).toBeCloseTo(200, 3);
  });

  test("a name cannot steer the terminal", () => {
    const { stdout } = plimsoll("analyze", "shop.plimsoll.json");
    expect(stdout).toContain("Shop \\u001b[31m\\u009b31m");
    expect(stdout).not.toMatch(/(?![\n\t])\p{Cc}/u);
  });
});

describe("unusable input ends with 2, one line a fault with file, place and what was expected", () => {
  const faulty = `{
  "format": "plimsoll", "version": 1,
  "nodes": [
    { "id": "a", "kind": "servise" },
    { "id": "b", "kind": "service", "settings": { "instances": -1 } }
  ]
}`;

  test("faults in a file", () => {
    writeFileSync(inFolder("faulty.json"), faulty);
    const { status, stdout, stderr } = plimsoll("analyze", "faulty.json");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^faulty\.json:4:\d+: \$\.nodes\[0\]\.kind: .*servise.*; expected .*service/);
    expect(lines[1]).toMatch(/^faulty\.json:5:\d+: \$\.nodes\[1\]\.settings\.instances: .+; expected .+/);
  });

  test.each([
    ["a missing file", ["analyze", "absent.json"], /^absent\.json: \$: cannot be read \(ENOENT\); expected /],
    ["a folder", ["analyze", "."], /^\.: \$: cannot be read \(EISDIR\); expected /],
    ["JSON that cannot be read", ["analyze", "broken.json"], /^broken\.json:\d+:\d+: \$.*; expected /],
    ["no load", ["analyze", "shop.plimsoll.json", "--load", "0"], /'0' is invalid.*above 0/],
    ["a load that is no number", ["analyze", "shop.plimsoll.json", "--load", "much"], /'much' is invalid/],
    [
      "an unknown scenario",
      ["analyze", "shop.plimsoll.json", "--scenario", "x"],
      /no scenario "x"; expected one of rush/,
    ],
    ["an unknown command", ["analyse", "shop.plimsoll.json"], /unknown command 'analyse'/],
    ["an unknown option", ["analyze", "shop.plimsoll.json", "--jsn"], /unknown option '--jsn'/],
    ["an unknown template", ["templates", "nothing"], /^nothing: \$: there is no such template; expected one of /],
    ["an ending that is not written", ["convert", "shop.plimsoll.json", "x.docx"], /^x\.docx: \$: .*; expected \.json/],
    [
      "an unknown theme",
      ["render", "shop.plimsoll.json", "--out", "x.svg", "--theme", "blue"],
      /choices are light, dark/,
    ],
  ])("%s", (_, args, message) => {
    writeFileSync(inFolder("broken.json"), '{ "format": "plimsoll", ');
    const { status, stdout, stderr } = plimsoll(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});

describe("files are written once", () => {
  test("an existing file is only replaced with --force", () => {
    writeFileSync(inFolder("mine.md"), "mine");
    const refused = plimsoll("report", "shop.plimsoll.json", "--out", "mine.md");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^mine\.md: \$: exists already; expected .*--force/);
    expect(readFileSync(inFolder("mine.md"), "utf8")).toBe("mine");
    expect(plimsoll("report", "shop.plimsoll.json", "--out", "mine.md", "--force").status).toBe(0);
    expect(readFileSync(inFolder("mine.md"), "utf8")).toContain("every target is met");
  });

  test("convert leads from a design to a drawing and back to the same design", () => {
    expect(plimsoll("convert", "shop.plimsoll.json", "drawing.svg").status).toBe(0);
    expect(plimsoll("convert", "drawing.svg", "again.json").status).toBe(0);
    const again = readFileSync(inFolder("again.json"), "utf8");
    expect(JSON.parse(again)).toEqual(shop(50));
    expect(plimsoll("convert", "shop.plimsoll.json", "again.json").status).toBe(2);
    expect(plimsoll("convert", "again.json", "report.md").status).toBe(0);
    mkdirSync(inFolder("taken.json"));
    expect(plimsoll("convert", "again.json", "taken.json", "--force").stderr).toMatch(/cannot be written \(EISDIR\)/);
  });
});

describe("catalog and templates", () => {
  test("catalog --json gives each setting its unit, default and source", () => {
    const { status, stdout } = plimsoll("catalog", "--json");
    const setting = v.object({
      name: v.string(),
      title: v.string(),
      help: v.string(),
      unit: v.string(),
      type: v.string(),
      optional: v.boolean(),
      source: v.looseObject({ text: v.string(), confidence: v.string() }),
    });
    const catalog = v.parse(
      v.object({
        format: v.literal("plimsoll-catalog"),
        version: v.literal(1),
        kinds: v.array(
          v.object({ id: v.string(), title: v.string(), category: v.string(), settings: v.array(setting) }),
        ),
      }),
      JSON.parse(stdout),
    );
    expect(status).toBe(0);
    expect(catalog.kinds.map(({ id }) => id)).toContain("load-balancer");
    const service = catalog.kinds.find(({ id }) => id === "service");
    expect(service?.settings.map(({ name }) => name)).toContain("capacityPerSecond");
  });

  test("a template is printed as a file that analyze accepts", () => {
    const list = JSON.parse(plimsoll("templates", "--json").stdout);
    expect(list).toMatchObject({ format: "plimsoll-templates", version: 1 });
    const { status, stdout } = plimsoll("templates", list.templates[0].id);
    expect(status).toBe(0);
    writeFileSync(inFolder("template.json"), stdout);
    expect(plimsoll("analyze", "template.json", "--check").status).toBe(0);
  });
});
