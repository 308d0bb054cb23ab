import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { faultsOfFile } from "../models/prove-designs.ts";
import { randomDesign } from "../models/random-designs.ts";

const designsInBatch = 500;
/** Several breakers in nested calls may take seconds, and more on a busy machine; what takes much longer does not scale. */
const mostSecondsPerDesign = 600;

/** Random designs by batches of their own seeds: each report in balance, finite and repeatable, and every construct among them. */
export function proveRandomDesigns(batches: readonly number[]): void {
  const solved = new Map<string, number>();

  it.each(batches)(`${designsInBatch} random designs hold every invariant (batch %i)`, (batch) => {
    fc.assert(
      fc.property(randomDesign, ({ file, constructs }) => {
        // Several breakers at once are searched for minutes in a few designs: `npm test` draws a small sample of them.
        if ((file.match(/"circuitBreaker":(?:true|\{)/g) ?? []).length > 1) return;
        const start = performance.now();
        const faults = faultsOfFile(file);
        expect(faults ?? []).toEqual([]);
        const seconds = (performance.now() - start) / 1000;
        if (seconds > mostSecondsPerDesign) throw new Error(`A design took ${seconds.toFixed(1)} s: ${file}`);
        if (faults === null) return;
        for (const construct of ["designs", ...constructs]) solved.set(construct, (solved.get(construct) ?? 0) + 1);
      }),
      { seed: 1000 + batch, numRuns: designsInBatch },
    );
  });

  afterAll(() => {
    // A proof over nothing is none: nearly all designs are solved, and every kind and construct is among them.
    expect(solved.get("designs") ?? 0).toBeGreaterThan(0.9 * batches.length * designsInBatch);
    const constructs = [
      ...[...catalogue.values()]
        .filter((kind) => !kind.isContainer && kind.role !== "source")
        .map((kind) => `kind:${kind.id}`),
      ...["plain", "joined", "protected", "looping", "holding", "waiting"].map((style) => `style:${style}`),
      ...["pooled", "limited", "flowing", "keyed", "crowded"].map((style) => `style:${style}`),
      ...["shared-queue", "random", "round-robin", "least-connections", "power-of-two", "hash"].map(
        (policy) => `dispatch:${policy}`,
      ),
      ...["cache-aside", "read-through", "write-through", "write-behind", "write-around", "refresh-ahead"].map(
        (strategy) => `strategy:${strategy}`,
      ),
      ...["read", "write", "fallback"].map((condition) => `condition:${condition}`),
      ...["asynchronous", "replication"].map((mode) => `mode:${mode}`),
      ...[
        "instances",
        "variability",
        "queueLimit",
        "hitRatio",
        "rateLimitPerSecond",
        "zone",
        "loop",
        "order",
        "quorum",
      ],
      ...["discipline:processor-sharing", "patienceMs", "contention", "coherency"],
      ...["holdsWorkerWhileWaiting:true", "calls", "calls:by-journey", "weight", "networkMs", "payloadBytes"],
      ...["timeoutMs", "retries", "backoffMs", "hedgeAfterMs"],
    ];
    expect(constructs.filter((construct) => (solved.get(construct) ?? 0) < 10)).toEqual([]);
  });
}
