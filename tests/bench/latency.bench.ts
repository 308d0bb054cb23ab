import { bench, describe } from "vitest";
import { exponentialLaw } from "#src/analysis/latency/exponential-law.ts";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { sequence } from "#src/analysis/latency/sequence.ts";
import { smoothLaw } from "#src/analysis/latency/smooth-law.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";

const PERCENTILES = [0.5, 0.9, 0.95, 0.99, 0.999];
function chain(hops: number): LatencyLaw {
  return sequence(Array.from({ length: hops }, (_, i) => exponentialLaw(1 + (i % 7))));
}

/** Points at which every hop is evaluated for the five percentiles: a negligible probe hop counts them. */
function pointsPerHop(law: LatencyLaw): number {
  let points = 0;
  const probe = smoothLaw({
    meanMs: 1e-9,
    varianceMs2: 1e-18,
    transform: ({ re }) => {
      points += re.length;
      return { re: new Float64Array(re.length).fill(1), im: new Float64Array(re.length) };
    },
  });
  quantiles(sequence([law, probe]), PERCENTILES);
  return points;
}

const VECTOR = 64;
const re = new Float64Array(VECTOR).fill(0.999);
const im = new Float64Array(VECTOR).fill(0.01);

/** As many complex multiplications with nothing around them: the floor for a chain. */
function bareLoop(multiplications: number): number {
  let x = 1;
  let y = 0;
  for (let n = 0; n < multiplications; n++) {
    const u = re[n % VECTOR] ?? 0;
    const v = im[n % VECTOR] ?? 0;
    const product = x * u - y * v;
    y = x * v + y * u;
    x = product;
  }
  return x + y;
}

// The summary prints how many times slower each is than the fastest: hops against hops, and chain against bare loop.
describe("five percentiles of a chain", () => {
  for (const hops of [10, 100, 1000]) {
    const law = chain(hops);
    const multiplications = hops * pointsPerHop(law);
    bench(`${hops} hops`, () => {
      quantiles(law, PERCENTILES);
    });
    bench(`${multiplications} bare complex multiplications (${hops} hops)`, () => {
      bareLoop(multiplications);
    });
  }
});
