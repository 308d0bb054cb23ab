import { describe, expect, test } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { prepareAnalysis } from "#src/compile/analyse.ts";
import { applyScenario } from "#src/compile/scenario.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { reportOf, templateDesign } from "../test-designs.ts";
import { templates } from "./templates.ts";

test("ids differ, and each is described", () => {
  expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length);
  for (const { title, summary, tags } of templates) {
    expect(title.length * summary.length * tags.length).toBeGreaterThan(0);
  }
});

describe.each(templates.map(({ id }) => id))("the template %s", (id) => {
  test("states a rate and a latency target for each journey, and reaches a part with it", async () => {
    const design = await templateDesign(id);
    expect(design.journeys.size).toBeGreaterThan(0);
    for (const journey of design.journeys.values()) {
      expect(journey.ratePerSecond, journey.id).toBeGreaterThan(0);
      expect(journey.latencyTargets?.length, journey.id).toBeGreaterThan(0);
      expect(journey.availabilityTarget, journey.id).toBeGreaterThan(0.99);
    }
  });

  test("says of each part why it is there, and teaches in its notes", async () => {
    const design = await templateDesign(id);
    for (const node of design.nodes.values()) {
      if (catalogue.get(node.kind)?.isContainer === true) continue;
      expect(node.reason ?? "", node.id).not.toBe("");
    }
    const notes = [...design.annotations.values()].filter(({ type }) => type === "note");
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note.text?.length, note.id).toBeGreaterThan(40);
  });

  test("has a place for every part", async () => {
    const design = await templateDesign(id);
    for (const node of design.nodes.values()) {
      expect(node.position, node.id).toBeDefined();
      if (catalogue.get(node.kind)?.isContainer === true) expect(node.size, node.id).toBeDefined();
    }
  });

  test("carries its load below the safe line and meets every target", async () => {
    const report = reportOf(await templateDesign(id));
    expect(report.journeys.map(({ id: journey, meetsTargets }) => [journey, meetsTargets])).toEqual(
      report.journeys.map(({ id: journey }) => [journey, true]),
    );
    for (const node of report.nodes) expect(node.offeredUtilization, node.id).toBeLessThanOrEqual(0.7);
    expect(report.maxLoad).toBeGreaterThan(1.3);
    // No journey without something that limits it: nothing is unlimited in truth.
    for (const journey of report.journeys) expect(journey.bottleneck, journey.id).not.toBeNull();
  });

  test("a finding of weight is spoken of in a note or a reason", async () => {
    const design = await templateDesign(id);
    const told = [
      ...[...design.annotations.values()].map(({ text }) => text ?? ""),
      ...[...design.nodes.values()].map(({ reason }) => reason ?? ""),
    ].join(" ");
    const words: ReadonlyMap<string, RegExp> = new Map([
      ["link-cache", /Without it the four shards/],
      ["cdn", /its promise with it/],
    ]);
    for (const risk of reportOf(design).risks) {
      if (risk.severity !== "critical" && risk.severity !== "high") continue;
      const expected = words.get(risk.nodes[0] ?? "");
      expect(expected, risk.title).toBeDefined();
      expect(told).toMatch(expected ?? /^$/);
    }
  });

  test("every scenario can be applied and changes the answer", async () => {
    const design = await templateDesign(id);
    expect(design.scenarios.size).toBeGreaterThan(0);
    const now = reportOf(design);
    for (const scenario of design.scenarios.values()) {
      const applied = applyScenario(design, scenario, catalogue);
      if (!applied.ok) throw new Error(JSON.stringify(applied.problem));
      const prepared = prepareAnalysis(design, catalogue, applied.value);
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
      const then = fullReportAt(prepared.value, catalogue, 1);
      expect({ ...then, warnings: [] }, scenario.id).not.toEqual({ ...now, warnings: [] });
    }
  });

  test("is printed as the file says it", async () => {
    const template = templates.find((candidate) => candidate.id === id);
    const text = (await template?.load()) ?? "";
    expect(JSON.parse(printDesignFile(await templateDesign(id)))).toEqual(JSON.parse(text));
  });
});
