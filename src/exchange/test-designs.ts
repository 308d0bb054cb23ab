import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { prepareAnalysis } from "#src/compile/analyse.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { templates } from "./templates/templates.ts";

/** Names that try to leave the place where they are written. */
export const hostileNames: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  "]]></text><foreignObject/>",
  "<!-- --> &lt; &#0; &unknown;",
  "control \u0000\u0008\u001b[31m characters\u0085",
  "lone \ud800 surrogate",
  "two\nlines | and ` a [link](javascript:alert(1)) ![x](y) **bold** # head",
  "🦉 owl 👩‍💻 \u202e turned",
  "</title><metadata><plimsoll>",
  "url(https://evil.example) @import",
];

/** A design in which every text is a hostile name. */
export function hostileDesign(name: string): Design {
  return {
    name,
    requirements: {},
    journeys: new Map([["j", { id: "j", name, source: "user", ratePerSecond: 10 }]]),
    nodes: new Map([
      ["zone", { id: "zone", kind: "region", name, position: { x: 0, y: 0 }, size: { width: 900, height: 400 } }],
      ["user", { id: "user", kind: "client", name, parent: "zone", position: { x: 20, y: 40 }, reason: name }],
      ["api", { id: "api", kind: "service", name, parent: "zone", position: { x: 500, y: 40 }, reason: name }],
    ]),
    edges: new Map([["e", { id: "e", name, source: "user", target: "api" }]]),
    annotations: new Map(
      (["note", "text", "frame"] as const).map((type, index) => [
        type,
        { id: type, type, text: name, position: { x: index * 300, y: 450 }, size: { width: 250, height: 90 } },
      ]),
    ),
    scenarios: new Map(),
    decisions: new Map([["d", { id: "d", title: name, text: name }]]),
  };
}

export function reportOf(design: Design): AnalysisReport {
  const prepared = prepareAnalysis(design, catalogue);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  return fullReportAt(prepared.value, catalogue, 1);
}

/** A template as a design; throws when its file has faults. */
export async function templateDesign(id: string): Promise<Design> {
  const template = templates.find((candidate) => candidate.id === id);
  if (template === undefined) throw new Error(`No template ${id}`);
  const read = readDesignFile(await template.load(), kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
  return read.value;
}
