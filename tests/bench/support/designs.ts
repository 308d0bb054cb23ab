import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";

type Settings = Readonly<Record<string, unknown>>;

/** A design file that is written part by part: one journey from a client. */
export class FileWriter {
  private readonly nodes: unknown[] = [{ id: "client", kind: "client" }];
  private readonly edges: unknown[] = [];

  /** Serves in 4 to 7 ms with one to three servers. */
  service(id: string, settings: Settings = {}, kind = "service"): string {
    const place = this.nodes.length;
    const serves = {
      capacityPerSecond: 400 + 37 * (place % 5),
      concurrency: 1 + (place % 3),
      latencyMs: 9 + (place % 4),
    };
    this.nodes.push({ id, kind, settings: { ...serves, ...settings } });
    return id;
  }

  node(id: string, kind: string, settings: Settings = {}): string {
    this.nodes.push({ id, kind, settings });
    return id;
  }

  edge(source: string, target: string, settings: Settings = {}): void {
    this.edges.push({ id: `${source}-${target}`, source, target, settings });
  }

  design(ratePerSecond: number, latencyTargets: readonly unknown[] = []): Design {
    const journeys = [{ id: "journey", source: "client", ratePerSecond, latencyTargets }];
    const file = { format: "plimsoll", version: 1, journeys, nodes: this.nodes, edges: this.edges };
    return designOf(JSON.stringify(file));
  }
}

export function designOf(text: string): Design {
  const read = readDesignFile(text, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

export function analysisOf(design: Design): PreparedAnalysis {
  const analysis = prepareAnalysis(design, catalogue);
  if (!analysis.ok) throw new Error(JSON.stringify(analysis.problem));
  return analysis.value;
}
