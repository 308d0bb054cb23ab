import { naturalLogarithm } from "./natural-logarithm.ts";

/**
 * What a stream is for. Streams of different keys are independent, and a key alone decides its numbers: one more owner, or
 * one more purpose, leaves all other streams as they are, so that two variants of a design meet the same chance.
 */
export interface StreamKey {
  /** A whole number between −2⁵³ and 2⁵³. */
  readonly seed: number;
  /** Counts from 0. */
  readonly replication: number;
  /** Id of the node, edge or journey that draws. */
  readonly owner: string;
  /** What it draws, such as "service time". */
  readonly purpose: string;
}

const HIGH_27_BITS = 2 ** -27;
const LOW_26_BITS = 2 ** -53;

/**
 * A stream of random numbers, the same on every machine: xoshiro128** (D. Blackman, S. Vigna, ACM TOMS 47, 2021) with all
 * 128 bits of its state from a hash of the key. Two among n streams of length m overlap with a probability below n²·m/2¹²⁸.
 */
export class RandomStream {
  private readonly state: Int32Array<ArrayBuffer>;
  private spareNormal = Number.NaN;

  constructor(key: StreamKey) {
    this.state = hashOfKey(key);
  }

  /** Uniform among the multiples of 2⁻⁵³ above 0 and below 1. */
  uniform(): number {
    for (;;) {
      const high = this.word() >>> 5;
      const value = high * HIGH_27_BITS + (this.word() >>> 6) * LOW_26_BITS;
      if (value > 0) return value;
    }
  }

  /** Uniform among 0 … count − 1; `count` is a whole number from 1 to 2³². */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Exponential of mean 1, by inversion, so that it follows its uniform number monotonically. */
  exponential(): number {
    return -naturalLogarithm(this.uniform());
  }

  /** Normal of mean 0 and variance 1, by the polar method (G. Marsaglia, T. A. Bray, SIAM Review 6, 1964). */
  normal(): number {
    const spare = this.spareNormal;
    if (!Number.isNaN(spare)) {
      this.spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * naturalLogarithm(square)) / square);
      this.spareNormal = y * scale;
      return x * scale;
    }
  }

  private word(): number {
    const { state } = this;
    const a = state[0] ?? 0;
    const b = state[1] ?? 0;
    const c = (state[2] ?? 0) ^ a;
    const d = (state[3] ?? 0) ^ b;
    state[1] = b ^ c;
    state[0] = a ^ d;
    state[2] = c ^ (b << 9);
    state[3] = rotated(d, 11);
    return Math.imul(rotated(Math.imul(b, 5), 7), 9);
  }
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Odd multipliers of the four lanes: MurmurHash3 (A. Appleby 2011) and the hash prospector's (C. Wellons 2018). */
const MULTIPLIERS = [0x85ebca6b, 0xc2b2ae35, 0x7feb352d, 0x846ca68b] as const;
const STARTS = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/** 128 bits of a key: four lanes that each multiply and shift in every word of it, mixed with one another at the end. */
function hashOfKey({ seed, replication, owner, purpose }: StreamKey): Int32Array<ArrayBuffer> {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`RandomStream: the seed ${seed} is no whole number`);
  const lanes = Int32Array.from(STARTS);
  const absorb = (word: number): void => {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul((lanes[lane] ?? 0) ^ word, MULTIPLIERS[lane] ?? 1);
      lanes[lane] = mixed ^ (mixed >>> 15);
    }
  };
  const absorbText = (text: string): void => {
    // The length keeps "ab" + "c" apart from "a" + "bc".
    absorb(text.length);
    for (let place = 0; place < text.length; place++) absorb(text.charCodeAt(place));
  };
  absorb(seed | 0);
  absorb(Math.floor(seed / 2 ** 32) | 0);
  absorb(replication);
  absorbText(owner);
  absorbText(purpose);
  // Every lane comes to depend on all four, twice over.
  for (let step = 0; step < 8; step++) {
    const lane = step % 4;
    const other = lanes[(lane + 3) % 4] ?? 0;
    let word = Math.imul((lanes[lane] ?? 0) + rotated(other, 13), MULTIPLIERS[lane] ?? 1);
    word = Math.imul(word ^ (word >>> 16), 0x27d4eb2d);
    lanes[lane] = word ^ (word >>> 15);
  }
  // The generator would stay at 0 for ever.
  if (lanes.every((word) => word === 0)) lanes[0] = 1;
  return lanes;
}
