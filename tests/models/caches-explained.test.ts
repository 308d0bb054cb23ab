import { describe, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { cacheFigures } from "#src/insights/explain-cache-figure.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import type { CacheFigure, Explanation } from "#src/insights/explanation.ts";
import { type Answers, client, type DesignText, reportOf, serves } from "./design-reports.ts";

const content = { ...serves(0.01, 8), keys: 10_000, memoryBytes: 1000, objectBytes: 1, skew: 0.8 };

const design: DesignText = {
  nodes: [
    client,
    ["cdn", "cdn", { ...content, memoryBytes: 100, ttlMs: 5000, recomputeMs: 200 }],
    ["s", "service", serves(0.1, 8)],
    ["redis", "cache", { ...content, strategy: "refresh-ahead", refreshWindow: 0.2, ttlMs: 60_000 }],
    ["buffer", "cache", { ...serves(0.01, 8), hitRatio: 0.5, strategy: "write-behind", flushMs: 100 }],
    ["other", "cache", { ...content, keys: 5000, strategy: "read-through" }],
    ["db", "relational-database", serves(0.1, 64)],
  ],
  edges: [
    ["client", "cdn"],
    ["cdn", "s"],
    ["s", "redis"],
    ["redis", "buffer"],
    ["buffer", "other"],
    ["other", "db"],
  ],
  journeys: [
    { id: "read", source: "client", ratePerSecond: 1000 },
    { id: "write", source: "client", operation: "write", ratePerSecond: 10 },
  ],
};

function explain({ report, analysis }: Answers, id: string, figure: CacheFigure): Explanation | null {
  return explainFigure({ design: analysis.compiled.resolved.design, report, catalogue }, { of: "cache", id, figure });
}

describe("explanations of what a cache does", () => {
  const answers = reportOf(design);
  const caches = ["cdn", "redis", "buffer", "other"];

  it("every figure that is shown is explained with its own value, in words without holes", () => {
    const shown = caches.flatMap((id) => {
      const { cache } = answers.node(id);
      return cache === undefined ? [] : cacheFigures(cache).map((row) => ({ id, ...row }));
    });
    expect(new Set(shown.map(({ figure }) => figure)).size).toBe(13);
    for (const { id, figure, value } of shown) {
      const explanation = explain(answers, id, figure);
      expect(explanation?.value, `${id} ${figure}`).toBe(value);
      for (const text of [explanation?.title, explanation?.formula, explanation?.substituted, value])
        expect(text, `${id} ${figure}`).toMatch(/^(?!.*(NaN|undefined|Infinity|\[object|null)).+$/);
      expect(explanation?.exactness.model).not.toBe("");
    }
  });

  it("says where a hit ratio comes from: settings, caches before, those that it knows nothing of, and the rate weighed", () => {
    expect(explain(answers, "buffer", "hitRatio")?.formula).toBe("as the settings say");
    expect(explain(answers, "redis", "hitRatio")?.substituted).toContain("of what misses at cdn");
    expect(explain(answers, "redis", "hitRatio")?.substituted).toContain("at every load");
    expect(explain(answers, "other", "hitRatio")?.substituted).toContain(
      "taken as independent of cdn and redis and buffer",
    );
    expect(explain(answers, "redis", "hitRatio")?.exactness.model).toContain("behind another cache");
  });

  it("names the settings that a figure rests on", () => {
    const settings = explain(answers, "cdn", "stampedeCalls")?.assumptions ?? [];
    expect(settings.find(({ setting }) => setting.includes("time to fetch"))).toMatchObject({ isDefault: false });
  });

  it("what is no cache, or no longer there, has no such figure", () => {
    expect(explain(answers, "s", "hitRatio")).toBeNull();
    expect(explain(answers, "gone", "hitRatio")).toBeNull();
    expect(answers.node("s").cache).toBeUndefined();
  });
});
