import { smoothLaw } from "../latency/smooth-law.ts";
import { remembering } from "../latency/transform.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { QueueMPHc } from "./m-ph-c.ts";
import { rowTimes } from "./matrix.ts";
import type { PhaseType } from "./phase-type.ts";

/** P(W > t) = Σ weight·e^(−rate·t), times in units of the mean service time. The weights may be of either sign. */
export interface ExponentialTerm {
  readonly weight: number;
  readonly rate: number;
}

/**
 * The tail of the wait in M/PH/c with two phases, exact, as a sum of c + 1 exponentials.
 *
 * By the distributional form of Little's law (Keilson and Servi 1988) E[e^(−sW)] is the generating function of the waiting
 * requests at z = 1 − s/λ, whose poles are where λ(z − 1) + iμ₁(1/z) + (c − i)μ₂(1/z) = 0 for i = 0 … c, one each beyond 1, with μ₁ and
 * μ₂ the eigenvalues of the service phases of one server when a service that ends starts again with weight 1/z (they solve
 * S*(μ) = z; compare de Smit 1983 and Bertsimas 1990). Eigenvectors are symmetrised products of those of one server.
 */
export function waitTermsMPHc(
  servers: number,
  utilization: number,
  service: PhaseType,
  queue: QueueMPHc,
): readonly ExponentialTerm[] {
  const arrivals = servers * utilization;
  const one = oneServer(service);
  const { endAndStart, levels } = queue.servers;
  const start = levels[servers - 1]?.start ?? null;
  if (start === null) throw new Error("waitTermsMPHc: there is no server");
  const fromBusy = rowTimes(queue.allBusy, endAndStart);
  const fromFree = rowTimes(queue.oneFree, start);
  const terms: ExponentialTerm[] = [];
  let arrangements = 1;
  for (let i = 0; i <= servers; i += 1) {
    if (i > 0) arrangements = (arrangements * (servers - i + 1)) / i;
    const y = poleBeyondOne(one, i, servers - i, arrivals);
    const w = 1 / (1 + y);
    const slow = eigenvalue(one, y, "slow");
    const fast = eigenvalue(one, y, "fast");
    const ofSlow = eigenvectors(one, slow.mu);
    const ofFast = eigenvectors(one, fast.mu);
    const column = symmetrised(ofSlow.right, i, ofFast.right, servers - i);
    let source = 0;
    for (let x = 0; x <= servers; x += 1) {
      source += (column[x] ?? 0) * (w * (fromBusy[x] ?? 0) - arrivals * (fromFree[x] ?? 0));
    }
    // λ(z − 1) + iμ₁(1/z) + (c − i)μ₂(1/z), differentiated by z = 1/w
    const slope = arrivals - w * w * (i * slow.slope + (servers - i) * fast.slope);
    const norm = ofSlow.product ** i * ofFast.product ** (servers - i);
    const mass = ofSlow.leftSum ** i * ofFast.leftSum ** (servers - i);
    const rate = arrivals * y;
    // The two vectors meet in one of the arrangements over the servers only.
    const weight = (-arrivals * arrangements * source * mass) / (norm * slope * rate);
    terms.push({ weight, rate });
  }
  return terms;
}

/**
 * The law of those terms, with the moments of the queue. The terms are worked out when the law is first asked for a value.
 *
 * @param serviceTimeMs above 0
 */
export function waitingLawMPHc(
  queue: QueueMPHc,
  terms: () => readonly ExponentialTerm[],
  serviceTimeMs: number,
): LatencyLaw {
  const { waitProbability, meanWait, secondMomentOfWait } = queue;
  const atomAtZero = 1 - waitProbability;
  const transform = remembering(({ re, im }, answer) => {
    answer.re.fill(atomAtZero);
    answer.im.fill(0);
    for (const { weight, rate } of terms()) {
      for (let k = 0; k < re.length; k += 1) {
        const x = rate + serviceTimeMs * (re[k] ?? 0);
        const y = serviceTimeMs * (im[k] ?? 0);
        const scale = (weight * rate) / (x * x + y * y);
        answer.re[k] = (answer.re[k] ?? 0) + scale * x;
        answer.im[k] = (answer.im[k] ?? 0) - scale * y;
      }
    }
  });
  const tail = (ms: number): number => {
    let sum = 0;
    for (const { weight, rate } of terms()) sum += weight * Math.exp((-rate * ms) / serviceTimeMs);
    return sum;
  };
  return smoothLaw({
    meanMs: meanWait * serviceTimeMs,
    varianceMs2: (secondMomentOfWait - meanWait * meanWait) * serviceTimeMs * serviceTimeMs,
    transform,
    tail,
    atomAtZero,
  });
}

/** The service phases of one server: rates, and the coefficients of their characteristic equation. */
interface OneServer {
  readonly service: PhaseType;
  /** Sum and product of the rates; the rate at which a service ends at its start. */
  readonly sum: number;
  readonly product: number;
  readonly ending: number;
}

function oneServer(service: PhaseType): OneServer {
  const [first = 0, second = 0] = service.rates;
  const ends = endRates(service);
  const ending = (service.initial[0] ?? 0) * ends[0] + (service.initial[1] ?? 0) * ends[1];
  return { service, sum: first + second, product: first * second, ending };
}

function endRates({ rates, next }: PhaseType): readonly [number, number] {
  return [next[0] === null ? (rates[0] ?? 0) : 0, next[1] === null ? (rates[1] ?? 0) : 0];
}

interface Eigenvalue {
  readonly mu: number;
  /** Its derivative by w. */
  readonly slope: number;
}

/** The larger or smaller root of μ² + (sum − w·ending)μ + product·(1 − w) = 0, which is S*(μ) = 1/w; both are real. w = 1/(1 + y). */
function eigenvalue({ sum, product, ending }: OneServer, y: number, which: "slow" | "fast"): Eigenvalue {
  const w = 1 / (1 + y);
  const b = sum - w * ending;
  const larger = (b + Math.sqrt(Math.max(0, b * b - 4 * product * y * w))) / 2;
  const mu = which === "fast" ? -larger : (-product * y * w) / larger;
  return { mu, slope: (ending * mu + product) / (2 * mu + b) };
}

interface Eigenvectors {
  readonly right: readonly [number, number];
  /** The sum of the left eigenvector, and its product with the right one. */
  readonly leftSum: number;
  readonly product: number;
}

/** The adjugate of μ − T between the starts and the rates of ending. */
function eigenvectors({ service }: OneServer, mu: number): Eigenvectors {
  const [first = 0, second = 0] = service.rates;
  const [p = 0, q = 0] = service.initial;
  const [endFirst, endSecond] = endRates(service);
  const onward = service.next[0] === 1 ? first : 0;
  const right = normalised((mu + second) * endFirst + onward * endSecond, (mu + first) * endSecond);
  const left = normalised(p * (mu + second), p * onward + q * (mu + first));
  return { right, leftSum: left[0] + left[1], product: left[0] * right[0] + left[1] * right[1] };
}

function normalised(x: number, y: number): readonly [number, number] {
  const size = Math.max(Math.abs(x), Math.abs(y));
  return [x / size, y / size];
}

const MOST_HALVINGS = 1000;

/** The root y = z − 1 above 0 of λy + iμ₁ + (c − i)μ₂, which is below 0 on its left: Newton's method between bounds. */
function poleBeyondOne(one: OneServer, slow: number, fast: number, arrivals: number): number {
  const at = (y: number): number =>
    arrivals * y + slow * eigenvalue(one, y, "slow").mu + fast * eigenvalue(one, y, "fast").mu;
  let low = 0;
  let high = 1;
  while (at(high) < 0) {
    low = high;
    high *= 2;
  }
  for (let halving = 0; low === 0 && halving < MOST_HALVINGS; halving += 1) {
    if (at(high / 2) < 0) low = high / 2;
    else high /= 2;
  }
  let y = (low + high) / 2;
  for (let step = 0; step < 80; step += 1) {
    const value = at(y);
    if (value > 0) high = y;
    else low = y;
    const w = 1 / (1 + y);
    const turns = slow * eigenvalue(one, y, "slow").slope + fast * eigenvalue(one, y, "fast").slope;
    const newton = y - value / (arrivals - w * w * turns);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const settled = Math.abs(next - y) <= 1e-15 * y;
    y = next;
    if (settled) break;
  }
  return y;
}

/** At state x: the mean over all ways to have x servers in the second phase of the product of `count` and `rest` vectors. */
function symmetrised(
  one: readonly [number, number],
  count: number,
  other: readonly [number, number],
  rest: number,
): readonly number[] {
  let coefficients = [1];
  for (let k = 0; k < count + rest; k += 1) {
    const [a, b] = k < count ? one : other;
    coefficients = Array.from(
      { length: coefficients.length + 1 },
      (_, x) => a * (coefficients[x] ?? 0) + b * (coefficients[x - 1] ?? 0),
    );
  }
  let ways = 1;
  return coefficients.map((coefficient, x) => {
    if (x > 0) ways = (ways * (count + rest - x + 1)) / x;
    return coefficient / ways;
  });
}
