import type { ComponentKind, EdgeExpectations, ServingSettings } from "#library/contract/kind.ts";
import type { CachedContent, ComputedCache } from "#src/analysis/caching/cached-content.ts";
import type { CircuitBreaker } from "#src/analysis/model/program.ts";
import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, DesignEdge, DesignNode, Problem, Table } from "#src/design/document.ts";

export type Catalogue = ReadonlyMap<string, ComponentKind>;

/** A node with its kind and every setting filled in. */
export interface ResolvedNode {
  readonly node: DesignNode;
  readonly index: number;
  readonly kind: ComponentKind;
  readonly rawSettings: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly serving: ServingSettings | null;
  readonly expectations: EdgeExpectations;
  readonly hitRatio: number | null;
  /** For caches: what they hold, and what follows from it in the place of the design. */
  readonly cache: ResolvedCache | null;
}

/** A cache among the others of a design. */
export interface ResolvedCache {
  readonly content: CachedContent;
  /** Null where the hit ratio is stated, or no keys are. */
  readonly computed: ComputedCache | null;
  /** Node ids of the caches whose misses are what comes here, the one nearest the clients first. */
  readonly behind: readonly string[];
  /** Node ids of caches that stand before it as well, but of which it is not known which keys they let through. */
  readonly independentOf: readonly string[];
}

export type Condition = "always" | "hit" | "miss" | "read" | "write" | "fallback";

/** An edge with every setting filled in; what the file left open is inferred from the kinds it joins. */
export interface ResolvedEdge {
  readonly edge: DesignEdge;
  readonly index: number;
  readonly source: ResolvedNode;
  readonly target: ResolvedNode;
  readonly mode: "synchronous" | "asynchronous" | "replication";
  /** Mean calls per visit, by journey id when the file names journeys. */
  readonly calls: number | Readonly<Record<string, number>>;
  readonly condition: Condition;
  /** Node id of the cache that `hit` and `miss` speak of. */
  readonly of: string | null;
  /** True when the file did not say and the condition was inferred. */
  readonly conditionInferred: boolean;
  readonly order: number;
  readonly orderStated: boolean;
  readonly quorum: number | null;
  readonly weight: number;
  readonly networkMs: number;
  readonly networkInferred: boolean;
  readonly payloadBytes: number;
  readonly bandwidthBytesPerSecond: number | null;
  readonly timeoutMs: number | null;
  readonly retries: number;
  readonly backoffMs: number;
  readonly jitter: boolean;
  readonly hedgeAfterMs: number | null;
  readonly connectionPool: number | null;
  readonly circuitBreaker: CircuitBreaker | null;
}

export interface ResolvedDesign {
  readonly design: Design;
  readonly nodes: readonly ResolvedNode[];
  readonly edges: readonly ResolvedEdge[];
  readonly nodeById: ReadonlyMap<string, ResolvedNode>;
  /** Edges by source node index, in the order of the file. */
  readonly outgoing: readonly (readonly ResolvedEdge[])[];
}

/** One object for all nodes that state nothing: what a kind makes of settings is known by the object. */
const noSettings: NonNullable<DesignNode["settings"]> = Object.freeze({});

/** Fills in kinds and defaults. Problems: unknown kinds and settings that their kind refuses. */
export function resolveNodes(
  design: Design,
  catalogue: Catalogue,
): Result<readonly ResolvedNode[], readonly Problem[]> {
  const nodes: ResolvedNode[] = [];
  const problems: Problem[] = [];
  let index = 0;
  for (const node of design.nodes.values()) {
    const path = `$.nodes[${index}]`;
    const kind = catalogue.get(node.kind);
    if (kind === undefined) {
      problems.push({
        code: "unknown-kind",
        path: `${path}.kind`,
        message: `There is no kind "${node.kind}".`,
        expected: "a kind of the catalogue",
      });
    } else {
      const rawSettings = node.settings ?? noSettings;
      const faults = kind.check(rawSettings);
      if (faults.length > 0) {
        for (const fault of faults) {
          problems.push({
            code: "bad-value",
            path: `${path}.settings${fault.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("")}`,
            message: fault.message,
            expected: fault.expected,
          });
        }
      } else {
        nodes.push({
          node,
          index,
          kind,
          rawSettings,
          settings: kind.resolve(rawSettings),
          serving: kind.serving(rawSettings),
          expectations: kind.edges(rawSettings),
          hitRatio: kind.hitRatio(rawSettings),
          cache: null,
        });
      }
    }
    index += 1;
  }
  return problems.length > 0 ? fail(problems) : succeed(nodes);
}

/** Containers around a node, innermost first. */
export function containersOf(nodes: Table<DesignNode>, node: DesignNode): readonly DesignNode[] {
  const containers: DesignNode[] = [];
  const seen = new Set<string>([node.id]);
  let parentId = node.parent;
  while (parentId !== undefined && !seen.has(parentId)) {
    seen.add(parentId);
    const parent = nodes.get(parentId);
    if (parent === undefined) break;
    containers.push(parent);
    parentId = parent.parent;
  }
  return containers;
}
