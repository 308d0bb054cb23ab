import { describe, expect, it } from "vitest";
import { client, type DesignText, type EdgeText, type NodeText, present, reportOf, serves } from "../design-reports.ts";

const fast = serves(0.01, 4);
/** Balancers, gateways and caches whose own time is of no account. */
const noTime = serves(1e-6);

function rates(text: DesignText, ids: readonly string[], scenario?: string): readonly number[] {
  const { node } = reportOf(text, scenario === undefined ? {} : { scenario });
  return ids.map((id) => Number(node(id).arrivalsPerSecond.toPrecision(12)));
}

const services: readonly NodeText[] = ["a", "b", "d"].map((id) => [id, "service", fast]);

describe("routing by kind", () => {
  it.each(["load-balancer", "dns", "shard-router", "consistent-hash-ring", "api-gateway"])(
    "%s sends each request to one target, by weight",
    (kind) => {
      const text: DesignText = {
        nodes: [client, ["r", kind], ...services],
        edges: [
          ["client", "r"],
          ["r", "a", { weight: 3 }],
          ["r", "b"],
          ["r", "d", { weight: 0 }],
        ],
      };
      expect(rates(text, ["a", "b", "d"])).toEqual([75, 25, 0]);
    },
  );

  it("an api-gateway sends a journey to the targets whose edge names it, else by weight", () => {
    const text: DesignText = {
      nodes: [client, ["g", "api-gateway"], ...services],
      edges: [
        ["client", "g"],
        ["g", "a", { calls: { first: 1 } }],
        ["g", "b", { calls: { second: 1 } }],
        ["g", "d"],
      ],
      journeys: [
        { id: "first", source: "client", ratePerSecond: 10 },
        { id: "second", source: "client", ratePerSecond: 20 },
        { id: "third", source: "client", ratePerSecond: 40 },
      ],
    };
    expect(rates(text, ["a", "b", "d"])).toEqual([10, 20, 40]);
  });

  it("all others make all their calls, in order, one after another", () => {
    const text: DesignText = {
      nodes: [client, ["s", "service", fast], ["a", "service", serves(2)], ["b", "service", serves(4)]],
      edges: [
        ["client", "s"],
        ["s", "a"],
        ["s", "b"],
      ],
    };
    expect(rates(text, ["a", "b"])).toEqual([100, 100]);
    // M/M/1: 2 / 0.8 + 4 / 0.6, and 0.01 at the service itself.
    expect(present(reportOf(text).journey().latencyMs.mean)).toBeCloseTo(2.5 + 4 / 0.6 + 0.01, 6);
  });

  it("equal order runs in parallel and joins; two exponential branches take the mean of their maximum", () => {
    const text: DesignText = {
      nodes: [client, ["s", "service", noTime], ["a", "service", serves(2)], ["b", "service", serves(4)]],
      edges: [
        ["client", "s"],
        ["s", "a", { order: 1 }],
        ["s", "b", { order: 1 }],
      ],
      ratePerSecond: 0.001,
    };
    // max of exponentials of mean 2 and 4: 2 + 4 − 1 / (1/2 + 1/4).
    expect(present(reportOf(text).journey().latencyMs.mean)).toBeCloseTo(6 - 4 / 3, 3);
  });

  it("quorum k completes with the k-th answer, and the rest still load their targets", () => {
    const branch = (id: string): EdgeText => ["s", id, { order: 1, quorum: 2 }];
    const text: DesignText = {
      nodes: [client, ["s", "service", noTime], ...["a", "b", "d"].map((id): NodeText => [id, "service", serves(6)])],
      edges: [["client", "s"], branch("a"), branch("b"), branch("d")],
      ratePerSecond: 0.001,
    };
    // Second fastest of three exponentials: (1/3 + 1/2) × 6.
    expect(present(reportOf(text).journey().latencyMs.mean)).toBeCloseTo(5, 3);
    expect(rates(text, ["a", "b", "d"])).toEqual([0.001, 0.001, 0.001]);
  });

  it("a queue hands each message to one consumer, a stream and pub-sub to each, and nobody waits for them", () => {
    const expected = { queue: [75, 25], stream: [100, 100], "pub-sub": [100, 100] } as const;
    for (const [kind, consumed] of Object.entries(expected)) {
      const text: DesignText = {
        nodes: [
          client,
          ["q", kind, serves(1, 1, { latencyMs: 3 })],
          ["a", "worker", serves(5)],
          ["b", "worker", serves(5)],
        ],
        edges: [
          ["client", "q", { networkMs: 2 }],
          ["q", "a", { weight: 3 }],
          ["q", "b"],
        ],
      };
      expect(rates(text, ["a", "b"]), kind).toEqual(consumed);
      // M/M/1 at 100/s and 1 ms: sojourn 1 / 0.9; pure delay 2; network 2.
      expect(present(reportOf(text).journey().latencyMs.mean), kind).toBeCloseTo(1 / 0.9 + 4, 6);
    }
  });

  it("the caller of a queue waits for its acknowledgement whatever the edge's mode", () => {
    for (const mode of ["synchronous", "asynchronous"]) {
      const text: DesignText = {
        nodes: [client, ["s", "service", noTime], ["q", "queue", serves(1)], ["w", "worker", serves(2)]],
        edges: [
          ["client", "s"],
          ["s", "q", { mode, networkMs: 7 }],
          ["q", "w"],
        ],
      };
      expect(present(reportOf(text).journey().latencyMs.mean), mode).toBeCloseTo(7 + 1 / 0.9, 5);
    }
  });

  it("the backlog of a consumer is reported at the consumer, and its queue keeps acknowledging", () => {
    const text: DesignText = {
      nodes: [client, ["q", "queue", serves(1)], ["w", "worker", serves(20)]],
      edges: [
        ["client", "q"],
        ["q", "w"],
      ],
    };
    const { node, journey } = reportOf(text);
    expect(node("w")).toMatchObject({ saturated: true, queueLength: null });
    expect(node("w").backlogGrowthPerSecond).toBeCloseTo(50, 9);
    expect(node("w").completedPerSecond).toBeCloseTo(50, 9);
    expect(journey().completedPerSecond).toBeCloseTo(100, 9);
    expect(journey().saturated).toBe(false);
    expect(journey().latencyMs.p99).not.toBeNull();
  });
});

describe("calls of an edge", () => {
  const chain = (settings: object, more: Partial<DesignText> = {}): DesignText => ({
    nodes: [client, ["s", "service", noTime], ["a", "service", serves(2)]],
    edges: [
      ["client", "s"],
      ["s", "a", settings],
    ],
    ...more,
  });

  it("calls: n makes n calls one after another; a fractional part is one more with that probability", () => {
    for (const calls of [0, 0.3, 1, 2, 2.5]) {
      const { node, edge, journey } = reportOf(chain({ calls }));
      expect(node("a").arrivalsPerSecond).toBeCloseTo(100 * calls, 9);
      expect(edge("s-a").callsPerSecond).toBeCloseTo(100 * calls, 9);
      const sojournMs = 2 / (1 - 0.2 * calls);
      expect(present(journey().latencyMs.mean)).toBeCloseTo(calls * sojournMs, 5);
    }
  });

  it("a journey that is absent from a calls object makes no call there", () => {
    const journeys = [
      { id: "few", source: "client", ratePerSecond: 10 },
      { id: "many", source: "client", ratePerSecond: 20 },
      { id: "none", source: "client", ratePerSecond: 40 },
    ];
    expect(rates(chain({ calls: { few: 0.5, many: 3 } }, { journeys }), ["a"])).toEqual([65]);
  });

  it("payloadBytes × calls is the data of the edge", () => {
    expect(reportOf(chain({ calls: 2, payloadBytes: 10_000 })).edge("s-a").bytesPerSecond).toBeCloseTo(2_000_000, 6);
  });

  it("networkMs is a constant for the round trip of each call", () => {
    const { latencyMs } = reportOf(chain({ networkMs: 8, calls: 2 }, { ratePerSecond: 0.001 })).journey();
    expect(present(latencyMs.mean)).toBeCloseTo(20, 3);
    // Erlang of two phases of 2 ms behind 16 ms: its median is 1.67834699 × 2.
    expect(present(latencyMs.p50)).toBeCloseTo(16 + 1.67834699 * 2, 3);
  });

  it("networkMs is 0.5 inside a zone and by zones crossed", () => {
    const { edge } = reportOf({
      nodes: [
        client,
        ["r1", "region"],
        ["r2", "region"],
        ["z1", "availability-zone", {}, "r1"],
        ["z2", "availability-zone", {}, "r1"],
        ["a", "service", fast, "z1"],
        ["b", "service", fast, "z1"],
        ["d", "service", fast, "z2"],
        ["e", "service", fast, "r2"],
      ],
      edges: [
        ["client", "a"],
        ["a", "b"],
        ["a", "d"],
        ["a", "e"],
      ],
      inferNetwork: true,
    });
    expect(["a-b", "a-d"].map((id) => edge(id).networkMs)).toEqual([0.5, 1]);
    expect(edge("a-e").networkMs).toBeGreaterThan(edge("a-d").networkMs);
  });

  it("an asynchronous call loads its target and adds no latency", () => {
    const { node, journey } = reportOf(chain({ mode: "asynchronous", networkMs: 50 }));
    expect(node("a").arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(present(journey().latencyMs.p99)).toBeLessThan(0.001);
  });

  it("a call that is not drawn is not part of the join, and several calls run one after another in their branch", () => {
    const text: DesignText = {
      nodes: [
        client,
        ["s", "service", noTime],
        ["a", "service", serves(10, 1, { variability: 0 })],
        ["b", "service", serves(4, 1, { variability: 0 })],
      ],
      edges: [
        ["client", "s"],
        ["s", "a", { order: 1, calls: 0.25 }],
        ["s", "b", { order: 1, calls: 2 }],
      ],
      ratePerSecond: 1e-6,
    };
    // One in four waits for max(10, 8), the others for 8.
    expect(present(reportOf(text).journey().latencyMs.mean)).toBeCloseTo(0.25 * 10 + 0.75 * 8, 4);
  });
});
