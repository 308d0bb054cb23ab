import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { prepareAnalysis } from "#src/compile/analyse.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignValue } from "#src/design/file/read-design-file.ts";
import { fullReportAt } from "#src/insights/full-report.ts";

/** A design from its file form with its report at a load, computed as the application does. */
export function computed(
  file: Readonly<Record<string, unknown>>,
  load = 1,
): { readonly design: Design; readonly report: AnalysisReport } {
  const design = readDesignValue({ format: "plimsoll", version: 1, ...file }, kindDirectory);
  if (!design.ok) throw new Error(design.problem.map((problem) => `${problem.path}: ${problem.message}`).join("\n"));
  const prepared = prepareAnalysis(design.value, catalogue);
  if (!prepared.ok) throw new Error(prepared.problem.map((problem) => problem.message).join("\n"));
  return { design: design.value, report: fullReportAt(prepared.value, catalogue, load) };
}

/** A client that calls an API of `capacityPerSecond`, which calls a store; journeys and the rest as given. */
export function clientApiStore(
  capacityPerSecond: number,
  ratePerSecond: number | undefined,
  targetMs: number | null = 200,
): Readonly<Record<string, unknown>> {
  return {
    nodes: [
      { id: "users", kind: "client" },
      {
        id: "api",
        kind: "service",
        name: "Orders API",
        settings: { instances: 1, concurrency: 4, capacityPerSecond, latencyMs: 4000 / capacityPerSecond },
      },
      { id: "db", kind: "relational-database" },
    ],
    edges: [
      { id: "users-api", source: "users", target: "api" },
      { id: "api-db", source: "api", target: "db" },
    ],
    journeys: [
      {
        id: "order",
        source: "users",
        ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
        ...(targetMs === null ? {} : { latencyTargets: [{ percentile: 99, ms: targetMs }] }),
      },
    ],
  };
}
