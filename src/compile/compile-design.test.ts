import { describe, expect, test } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { compileDesign } from "./compile-design.ts";

type NodeText = readonly [id: string, kind: string, settings?: object, parent?: string];
type EdgeText = readonly [source: string, target: string, settings?: object];

function designOf(nodes: readonly NodeText[], edges: readonly EdgeText[], journey: object = {}): Design {
  const read = readDesignFile(
    JSON.stringify({
      format: "plimsoll",
      version: 1,
      journeys: [{ id: "j", source: nodes[0]?.[0], ratePerSecond: 100, ...journey }],
      nodes: nodes.map(([id, kind, settings, parent]) => ({
        id,
        kind,
        ...(settings && { settings }),
        ...(parent && { parent }),
      })),
      edges: edges.map(([source, target, settings]) => ({
        id: `${source}-${target}`,
        source,
        target,
        ...(settings && { settings }),
      })),
    }),
    kindDirectory,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function compiled(design: Design) {
  const result = compileDesign(design, catalogue);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** A program in one line: "work(api) call(api-cache)[hit: … | miss: …]", so that a case fits the eye. */
function spoken({ model }: ReturnType<typeof compiled>, program: Program): string {
  const edge = (call: number): string => model.edgeIds[model.calls[call]?.edge ?? -1] ?? "?";
  const say = (step: Program): string => {
    switch (step.op) {
      case "sequence":
        return step.steps.map(say).join(" ");
      case "work":
        return `work(${model.nodeIds[model.stations[step.station]?.node ?? -1]})`;
      case "delay":
        return `delay(${step.time.meanMs})`;
      case "hold":
        return `hold(${model.nodeIds[model.stations[step.station]?.node ?? -1]}: ${say(step.body)})`;
      case "call":
        return `call(${edge(step.call)})`;
      case "send":
        return `send(${edge(step.call)})`;
      case "parallel":
        return `par${step.needed ?? ""}(${step.branches.map(say).join(", ")})`;
      case "choice":
        return `choice(${step.options.map((option) => `${option.probability}: ${say(option.step)}`).join(" | ")})`;
      case "route":
        return `${step.policy}(${step.options.map((option) => `${option.share}: ${say(option.step)}`).join(" | ")})`;
      case "repeat":
        return `${step.meanCalls}×${say(step.step)}`;
      case "lookup":
        return `ask(${edge(step.callOnMiss)} ${step.hitRatio})[${say(step.hit)} | ${say(step.miss)}]`;
      case "fallback":
        return `try(${say(step.attempt)} else ${say(step.otherwise)})`;
      case "reject":
        return `reject(${step.probability})`;
      case "limit":
        return `limit(${step.limiter})`;
    }
  };
  return say(program);
}

function visitOf(design: Design, node: string): string {
  const result = compiled(design);
  const routine = result.model.routines.find((candidate) => result.model.nodeIds[candidate.node] === node);
  return routine === undefined ? "never visited" : spoken(result, routine.program);
}

const client: NodeText = ["c", "client"];
const api: NodeText = ["api", "service", { capacityPerSecond: 1000, concurrency: 1, latencyMs: 1 }];
const cache: NodeText = ["cache", "cache", { hitRatio: 0.8 }];
const db: NodeText = ["db", "relational-database"];

describe("calls of a visit", () => {
  test("[C1] different orders run one after another, in the order of the file", () => {
    const design = designOf(
      [client, api, ["a", "service"], ["b", "service"]],
      [
        ["c", "api"],
        ["api", "a"],
        ["api", "b"],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) call(api-a) call(api-b)");
  });

  test("[C2] equal orders run in parallel and join, with their quorum", () => {
    const edges: readonly EdgeText[] = [
      ["c", "api"],
      ["api", "a", { order: 1, quorum: 2 }],
      ["api", "b", { order: 1, quorum: 2 }],
      ["api", "d", { order: 1, quorum: 2 }],
    ];
    const design = designOf([client, api, ["a", "service"], ["b", "service"], ["d", "service"]], edges);
    expect(visitOf(design, "api")).toBe("work(api) par2(call(api-a), call(api-b), call(api-d))");
  });

  test("[C3] calls: n repeats, a fraction is a probability, an object speaks by journey", () => {
    const edges: readonly EdgeText[] = [
      ["c", "api"],
      ["api", "a", { calls: 2.5 }],
      ["api", "b", { calls: { j: 3 } }],
      ["api", "d", { calls: {} }],
    ];
    const design = designOf([client, api, ["a", "service"], ["b", "service"], ["d", "service"]], edges);
    expect(visitOf(design, "api")).toBe("work(api) 2.5×call(api-a) 3×call(api-b)");
  });

  test("[C4] an asynchronous edge is sent, and a queue is waited for but not its consumer", () => {
    const design = designOf(
      [client, api, ["q", "queue"], ["w", "worker"], ["log", "service"]],
      [
        ["c", "api"],
        ["api", "log", { mode: "asynchronous" }],
        ["api", "q"],
        ["q", "w"],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) send(api-log) call(api-q)");
    expect(visitOf(design, "q")).toMatch(/send\(q-w\)$/);
  });

  test("[C5] a fallback stands behind the call before it", () => {
    const design = designOf(
      [client, api, ["a", "service"], ["b", "service"]],
      [
        ["c", "api"],
        ["api", "a"],
        ["api", "b", { condition: "fallback" }],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) try(call(api-a) else call(api-b))");
  });

  test("[C6] a worker kept while waiting holds the calls inside its service", () => {
    const held: NodeText = [
      "api",
      "service",
      { capacityPerSecond: 1000, concurrency: 1, latencyMs: 3, holdsWorkerWhileWaiting: true },
    ];
    const design = designOf(
      [client, held, ["a", "service"]],
      [
        ["c", "api"],
        ["api", "a"],
      ],
    );
    expect(visitOf(design, "api")).toBe("hold(api: delay(1) delay(2) call(api-a))");
  });
});

describe("caches", () => {
  test("[C7] cache-aside: the store is asked on a miss, inferred", () => {
    const design = designOf(
      [client, api, cache, db],
      [
        ["c", "api"],
        ["api", "cache"],
        ["api", "db"],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) ask(api-cache 0.8)[ | call(api-db)]");
    const edge = compiled(design).resolved.edges[2];
    expect(edge).toMatchObject({ condition: "miss", of: "cache", conditionInferred: true });
  });

  test("[C8] a store listed before its cache is still asked after it", () => {
    const design = designOf(
      [client, api, cache, db],
      [
        ["c", "api"],
        ["api", "db"],
        ["api", "cache"],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) ask(api-cache 0.8)[ | call(api-db)]");
  });

  test("[C9] what follows and does not depend on the draw is not doubled", () => {
    const design = designOf(
      [client, api, cache, db, ["a", "service"]],
      [
        ["c", "api"],
        ["api", "cache"],
        ["api", "db"],
        ["api", "a"],
      ],
    );
    expect(visitOf(design, "api")).toBe("work(api) ask(api-cache 0.8)[ | call(api-db)] call(api-a)");
  });

  test("[C10] a write goes to the store always and to the cache by its policy", () => {
    const edges: readonly EdgeText[] = [
      ["c", "api"],
      ["api", "cache"],
      ["api", "db"],
    ];
    const nodes = (strategy: string): readonly NodeText[] => [
      client,
      api,
      ["cache", "cache", { hitRatio: 0.8, strategy }],
      db,
    ];
    expect(visitOf(designOf(nodes("cache-aside"), edges, { operation: "write" }), "api")).toBe(
      "work(api) call(api-cache) call(api-db)",
    );
    expect(visitOf(designOf(nodes("write-around"), edges, { operation: "write" }), "api")).toBe(
      "work(api) call(api-db)",
    );
  });

  test("[C11] a read-through cache calls what is behind it on its own draw", () => {
    const design = designOf(
      [client, api, ["cache", "cache", { hitRatio: 0.9, strategy: "read-through" }], db],
      [
        ["c", "api"],
        ["api", "cache"],
        ["cache", "db"],
      ],
    );
    expect(visitOf(design, "cache")).toMatch(
      /choice\(0\.9: {2}\| 0\.09999999999999998: call\(cache-db\)\)$|choice\(0\.9: \| 0\.09999999999999998: call\(cache-db\)\)$/,
    );
  });
});

describe("routers", () => {
  test("[C12] a balancer sends each request to one target by weight", () => {
    const design = designOf(
      [client, ["lb", "load-balancer"], ["a", "service"], ["b", "service"]],
      [
        ["c", "lb"],
        ["lb", "a", { weight: 3 }],
        ["lb", "b"],
      ],
    );
    expect(visitOf(design, "lb")).toMatch(/round-robin\(0\.75: call\(lb-a\) \| 0\.25: call\(lb-b\)\)$/);
  });

  test("[C13] writes skip replicas, and replication adds an apply that is not waited for", () => {
    const nodes: readonly NodeText[] = [client, ["lb", "load-balancer"], db, ["copy", "read-replica"]];
    const edges: readonly EdgeText[] = [
      ["c", "lb"],
      ["lb", "db"],
      ["lb", "copy"],
      ["db", "copy"],
    ];
    expect(visitOf(designOf(nodes, edges, { operation: "write" }), "lb")).toMatch(/call\(lb-db\)$/);
    expect(visitOf(designOf(nodes, edges, { operation: "write" }), "db")).toMatch(/send\(db-copy\)$/);
    expect(visitOf(designOf(nodes, edges), "lb")).toMatch(
      /round-robin\(0\.5: call\(lb-db\) \| 0\.5: call\(lb-copy\)\)$/,
    );
  });

  test("[C14] instances meet requests by the policy of the router in front, else at random", () => {
    const several: NodeText = ["api", "service", { instances: 4 }];
    const behind = compiled(
      designOf(
        [client, ["lb", "load-balancer", { policy: "least-connections" }], several],
        [
          ["c", "lb"],
          ["lb", "api"],
        ],
      ),
    );
    expect(behind.model.stations.at(behind.stationOfNode[2] ?? -1)).toMatchObject({
      dispatch: "least-connections",
      queues: 4,
    });
    const alone = compiled(designOf([client, several], [["c", "api"]]));
    expect(alone.model.stations.at(alone.stationOfNode[1] ?? -1)).toMatchObject({ dispatch: "random", queues: 4 });
  });
});

describe("network", () => {
  test("[C15] round trips follow the zones that a call crosses", () => {
    const design = designOf(
      [
        client,
        ["r1", "region"],
        ["z1", "availability-zone", {}, "r1"],
        ["z2", "availability-zone", {}, "r1"],
        ["r2", "region"],
        ["a", "service", {}, "z1"],
        ["b", "service", {}, "z2"],
        ["d", "service", {}, "r2"],
      ],
      [
        ["c", "a"],
        ["a", "b"],
        ["a", "d"],
      ],
    );
    expect(compiled(design).resolved.edges.map((edge) => edge.networkMs)).toEqual([0.5, 1, 60]);
  });
});

describe("faults that need kinds", () => {
  test("an edge at a container and a miss without a cache are refused with their paths", () => {
    const result = compileDesign(
      designOf(
        [client, api, ["z", "network"]],
        [
          ["c", "api"],
          ["api", "z"],
          ["c", "c", { condition: "miss" }],
        ],
      ),
      catalogue,
    );
    expect(result.ok ? [] : result.problem.map((problem) => problem.path)).toEqual([
      "$.edges[1].target",
      "$.edges[2].settings.condition",
    ]);
  });
});
