import type { ComplexVector, Transform } from "../model/latency-law.ts";

/** A law of a non-negative time at 0 with probability `atom`, else as `smooth` has it. */
export interface AtomAndSmooth {
  readonly atom: number;
  readonly smooth: Transform | null;
}

/** A weighted member of a mixture, `delayMs` later than it is by itself. */
export interface WeightedTerm extends AtomAndSmooth {
  readonly weight: number;
  readonly delayMs: number;
}

/** So many transforms inside one another may ask each other before the chain is cut. */
const MOST_NESTED = 64;

interface Nesting {
  /** Transforms inside this one, down to the next cut. */
  readonly depth: number;
  /** The nearest transforms below that are asked first, so that a path of any length fits the stack. */
  readonly askedFirst: readonly Transform[];
}

const nestings = new WeakMap<Transform, Nesting>();

function nestingOf(inner: readonly (Transform | null)[]): Nesting {
  let depth = 0;
  const askedFirst = new Set<Transform>();
  for (const transform of inner) {
    const nesting = transform === null ? undefined : nestings.get(transform);
    if (transform === null || nesting === undefined) continue;
    if (nesting.depth >= MOST_NESTED) {
      askedFirst.add(transform);
      continue;
    }
    depth = Math.max(depth, nesting.depth + 1);
    for (const below of nesting.askedFirst) askedFirst.add(below);
  }
  return { depth, askedFirst: [...askedFirst] };
}

/** Every transform where the chains below are cut, the lowest first. */
function cutsBelow(nesting: Nesting): readonly Transform[] {
  const ordered: Transform[] = [];
  const seen = new Set<Transform>();
  const path: { readonly transform: Transform | null; readonly below: readonly Transform[]; next: number }[] = [
    { transform: null, below: nesting.askedFirst, next: 0 },
  ];
  for (let place = path.at(-1); place !== undefined; place = path.at(-1)) {
    const below = place.below[place.next];
    if (below === undefined) {
      if (place.transform !== null) ordered.push(place.transform);
      path.pop();
      continue;
    }
    place.next += 1;
    if (seen.has(below)) continue;
    seen.add(below);
    path.push({ transform: below, below: nestings.get(below)?.askedFirst ?? [], next: 0 });
  }
  return ordered;
}

let isAsking = false;

function askCuts(nesting: Nesting, points: ComplexVector): void {
  isAsking = true;
  try {
    for (const transform of cutsBelow(nesting)) transform(points);
  } finally {
    isAsking = false;
  }
}

/** Real and imaginary parts in one piece of memory: collecting garbage counts pieces. */
function complexVector(length: number): { readonly re: Float64Array; readonly im: Float64Array } {
  const both = new Float64Array(2 * length);
  return { re: both.subarray(0, length), im: both.subarray(length) };
}

/** Vectors of points whose answers a transform keeps: an inversion goes back and forth between a few octaves of time. */
const MOST_KEPT = 4;

/**
 * A transform that works out its answer once per `points` object and writes it into arrays of its own, so that the
 * composition of long paths allocates next to nothing. `inner` are the transforms that `fill` asks.
 */
export function remembering(
  fill: (points: ComplexVector, answer: ComplexVector) => void,
  inner: readonly (Transform | null)[] = [],
): Transform {
  const known: (ComplexVector | null)[] = [];
  const answers: ComplexVector[] = [];
  let oldest = 0;
  const nesting = nestingOf(inner);
  const transform: Transform = (points) => {
    for (let i = 0; i < known.length; i++) {
      const answer = answers[i];
      if (known[i] === points && answer !== undefined) return answer;
    }
    // Whoever asks from above has asked all cuts below already.
    if (nesting.askedFirst.length > 0 && !isAsking) askCuts(nesting, points);
    const place = oldest;
    oldest = (oldest + 1) % MOST_KEPT;
    known[place] = null;
    const { length } = points.re;
    const free = answers[place];
    const answer = free !== undefined && free.re.length === length ? free : complexVector(length);
    answers[place] = answer;
    fill(points, answer);
    known[place] = points;
    return answer;
  };
  nestings.set(transform, nesting);
  return transform;
}

/** The smooth part of an independent sum: Π(aᵢ + φᵢ(s)) − Πaᵢ. */
export function productTransform(factors: readonly AtomAndSmooth[]): Transform {
  const atom = factors.reduce((product, factor) => product * factor.atom, 1);
  const constant = factors.reduce((product, factor) => (factor.smooth === null ? product * factor.atom : product), 1);
  const moving = factors.filter((factor) => factor.smooth !== null);
  const inner = moving.map(({ smooth }) => smooth);
  return remembering((points, answer) => {
    const { re, im } = answer;
    re.fill(constant);
    im.fill(0);
    for (const factor of moving) {
      if (factor.smooth === null) continue;
      const value = factor.smooth(points);
      for (let k = 0; k < re.length; k++) {
        const x = re[k] ?? 0;
        const y = im[k] ?? 0;
        const u = (value.re[k] ?? 0) + factor.atom;
        const v = value.im[k] ?? 0;
        re[k] = x * u - y * v;
        im[k] = x * v + y * u;
      }
    }
    if (atom !== 0) for (let k = 0; k < re.length; k++) re[k] = (re[k] ?? 0) - atom;
  }, inner);
}

/** The smooth part of the sum of `count` independent times of one law: (a + φ(s))ⁿ − aⁿ. */
export function powerTransform(base: AtomAndSmooth, count: number): Transform {
  const { atom, smooth } = base;
  if (smooth === null) throw new RangeError("powerTransform: a law without a smooth part has no smooth power");
  const atomPower = atom ** count;
  return remembering(
    (points, answer) => {
      const value = smooth(points);
      for (let k = 0; k < answer.re.length; k++) {
        let x = (value.re[k] ?? 0) + atom;
        let y = value.im[k] ?? 0;
        let re = 1;
        let im = 0;
        for (let rest = count; rest > 0; rest = Math.floor(rest / 2)) {
          if (rest % 2 === 1) {
            const product = re * x - im * y;
            im = re * y + im * x;
            re = product;
          }
          const square = x * x - y * y;
          y = 2 * x * y;
          x = square;
        }
        answer.re[k] = re - atomPower;
        answer.im[k] = im;
      }
    },
    [smooth],
  );
}

/**
 * The smooth part of a mixture, Σ wᵢ(aᵢ + φᵢ(s))e^(−sΔᵢ). The atom of a term without delay stays an atom and is left out;
 * that of a delayed term is put in as the factor e^(−sΔ), which is exact as a transform and no longer an atom.
 */
export function mixtureTransform(terms: readonly WeightedTerm[]): Transform {
  const inner = terms.map(({ smooth }) => smooth);
  return remembering((points, answer) => {
    const { re, im } = answer;
    re.fill(0);
    im.fill(0);
    for (const { weight, atom, smooth, delayMs } of terms) {
      const value = smooth === null ? null : smooth(points);
      if (delayMs === 0) {
        if (value === null) continue;
        for (let k = 0; k < re.length; k++) {
          re[k] = (re[k] ?? 0) + weight * (value.re[k] ?? 0);
          im[k] = (im[k] ?? 0) + weight * (value.im[k] ?? 0);
        }
        continue;
      }
      for (let k = 0; k < re.length; k++) {
        const size = weight * Math.exp(-delayMs * (points.re[k] ?? 0));
        if (size === 0) continue;
        const angle = -delayMs * (points.im[k] ?? 0);
        const cos = size * Math.cos(angle);
        const sin = size * Math.sin(angle);
        const x = atom + (value === null ? 0 : (value.re[k] ?? 0));
        const y = value === null ? 0 : (value.im[k] ?? 0);
        re[k] = (re[k] ?? 0) + x * cos - y * sin;
        im[k] = (im[k] ?? 0) + x * sin + y * cos;
      }
    }
  }, inner);
}
