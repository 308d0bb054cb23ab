import { describe, expect, it } from "vitest";
import { ModelBuilder } from "../model/build-model.ts";
import { type PreparedModel, prepareModel } from "./prepare-model.ts";
import { type RetryStability, retryAmplification, retrySafeLoads, seekRetryStability } from "./retry-zones.ts";

function prepared(builder: ModelBuilder): PreparedModel {
  const result = prepareModel(builder.build());
  if (!result.ok) throw new Error("not prepared");
  return result.value;
}

function stability(model: PreparedModel): RetryStability | null {
  const search = seekRetryStability(model);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/** M/M/1 of mean 1 s, called with this timeout in seconds and so many retries, at 0.1/s. */
function retried(timeout: number, retries: number, more: object = {}): PreparedModel {
  const builder = new ModelBuilder();
  const server = builder.server("server", { serviceMs: 1000 });
  builder.journey(0.1, builder.routine("api", builder.call(server, { timeoutMs: timeout * 1000, retries, ...more })));
  return prepared(builder);
}

/** The largest λ with a solution of x = λ Σ_{k ≤ r} e^{−k(1 − x)τ}: the largest x / Σ over x. */
function lowBranchLimit(timeout: number, retries: number): number {
  let best = 0;
  for (let x = 0; x < 1; x += 1e-5) {
    const failed = Math.exp(-(1 - x) * timeout);
    let attempts = 0;
    for (let k = 0; k <= retries; k++) attempts += failed ** k;
    best = Math.max(best, x / attempts);
  }
  return best;
}

describe("zones of retries", () => {
  it.each([
    [10, 3, 0.6937],
    [10, 1, 0.7047],
    [20, 3, 0.808],
    [5, 2, 0.5507],
  ])("M/M/1 with a timeout of %s services and %s retries: a low branch up to %s, safe up to μ/(1 + r)", (...row) => {
    const [timeout, retries, limit] = row;
    expect(lowBranchLimit(timeout, retries)).toBeCloseTo(limit, 4);
    const model = retried(timeout, retries);
    const found = stability(model);
    expect(found?.nodes).toEqual([0]);
    expect(Math.abs((found?.load ?? 0) / 10 / limit - 1)).toBeLessThan(5e-4);
    expect(retrySafeLoads(model).get(0)).toBeCloseTo(10 / (retries + 1), 9);
  });

  it("a timeout that nothing misses takes nothing of the capacity", () => {
    const builder = new ModelBuilder();
    const server = builder.server("server", { serviceMs: 1000, variability: 0 });
    builder.journey(0.1, builder.routine("api", builder.call(server, { timeoutMs: 1e9, retries: 3 })));
    const found = stability(prepared(builder));
    expect(found?.load).toBeCloseTo(10, 2);
    expect(found?.nodes).toEqual([]);
  });

  it("without timeouts or retries there are no zones", () => {
    for (const more of [{ timeoutMs: null }, { retries: 0 }]) {
      const model = retried(10, 3, more);
      expect(stability(model)).toBeNull();
      expect(retrySafeLoads(model).size).toBe(0);
    }
  });
});

describe("retry amplification", () => {
  function chain(layers: number, retries: number): number | undefined {
    const builder = new ModelBuilder();
    let routine = builder.server("last", { serviceMs: 1 });
    for (let layer = 0; layer < layers; layer++) {
      routine = builder.routine(`layer ${layer}`, builder.call(routine, { retries }));
    }
    builder.journey(1, routine);
    return retryAmplification(prepared(builder))[0];
  }

  it("multiplies from layer to layer: 4³ = 64 and 3⁵ = 243", () => {
    expect(chain(3, 3)).toBeCloseTo(64, 9);
    expect(chain(5, 2)).toBeCloseTo(243, 9);
    expect(chain(4, 0)).toBe(1);
  });
});
