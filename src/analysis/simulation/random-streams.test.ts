import { describe, expect, it } from "vitest";
import { RandomStream, type StreamKey } from "./random-streams.ts";

const key: StreamKey = { seed: 1, replication: 0, owner: "node", purpose: "service time" };

function drawn(count: number, change: Partial<StreamKey> = {}): number[] {
  const stream = new RandomStream({ ...key, ...change });
  return Array.from({ length: count }, () => stream.uniform());
}

/** Pearson's correlation of two samples of the same length. */
function correlation(first: readonly number[], second: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [atFirst, atSecond] = [mean(first), mean(second)];
  let [both, one, other] = [0, 0, 0];
  for (const [index, value] of first.entries()) {
    const x = value - atFirst;
    const y = (second[index] ?? 0) - atSecond;
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return both / Math.sqrt(one * other);
}

describe("a stream of random numbers", () => {
  // From a second program for the hash, the generator and the 53 bits, written in another language.
  it.each([
    [{ ...key }, [0.09553180485607393, 0.4215793430612358, 0.3748798966097743]],
    [
      { seed: -7, replication: 3, owner: "Zürich 🚢", purpose: "" },
      [0.03948530858768051, 0.49771993411845317, 0.11777603663351621],
    ],
    [
      { seed: 2 ** 52 + 5, replication: 12, owner: "a", purpose: "bc" },
      [0.5555942151547494, 0.007205086123321713, 0.647990496255448],
    ],
    [
      { seed: 2 ** 52 + 5, replication: 12, owner: "ab", purpose: "c" },
      [0.795299487381012, 0.7100566737123265, 0.3037218250692657],
    ],
  ])("gives the stored numbers for key %#", (of, expected) => {
    expect(drawn(3, of)).toEqual(expected);
  });

  it("is uniform by the Kolmogorov–Smirnov distance and in its last bits", () => {
    const values = drawn(100_000).sort((a, b) => a - b);
    let distance = 0;
    for (const [index, value] of values.entries()) {
      distance = Math.max(distance, (index + 1) / values.length - value, value - index / values.length);
    }
    // 1.95/√n is exceeded once in a thousand samples.
    expect(distance * Math.sqrt(values.length)).toBeLessThan(1.95);
    expect(distance * Math.sqrt(values.length)).toBeGreaterThan(0.3);
    const odd = values.filter((value) => (value * 2 ** 53) % 2 === 1).length;
    expect(Math.abs(odd - 50_000)).toBeLessThan(4 * Math.sqrt(25_000));
    expect(values.every((value) => Number.isInteger(value * 2 ** 53) && value > 0 && value < 1)).toBe(true);
  });

  it("is independent of the streams whose keys differ in one part only", () => {
    const base = drawn(40_000);
    const others: Partial<StreamKey>[] = [
      { seed: 2 },
      { seed: 1 + 2 ** 32 },
      { seed: -1 },
      { replication: 1 },
      { owner: "nodf" },
      { owner: "node2" },
      { purpose: "arrivals" },
      { owner: "nodeservice time", purpose: "" },
    ];
    for (const change of others) {
      const other = drawn(40_000, change);
      expect(Math.abs(correlation(base, other)) * Math.sqrt(base.length)).toBeLessThan(4);
      const next = other.slice(1);
      expect(Math.abs(correlation(base.slice(0, -1), next)) * Math.sqrt(next.length)).toBeLessThan(4);
    }
  });

  it("starts evenly over thousands of neighbouring keys, and never twice alike", () => {
    const firsts: number[] = [];
    for (let replication = 0; replication < 64; replication++) {
      for (let node = 0; node < 512; node++) firsts.push(...drawn(1, { replication, owner: `node-${node}` }));
    }
    expect(new Set(firsts).size).toBe(firsts.length);
    const cells = new Float64Array(256);
    for (const value of firsts) cells[Math.floor(value * 256)] = (cells[Math.floor(value * 256)] ?? 0) + 1;
    const expected = firsts.length / 256;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6.
    expect(Math.abs(chiSquare - 255)).toBeLessThan(4 * 22.6);
    expect(Math.abs(correlation(firsts.slice(0, -1), firsts.slice(1))) * Math.sqrt(firsts.length)).toBeLessThan(4);
  });

  it("picks whole numbers evenly", () => {
    const stream = new RandomStream(key);
    const counts = new Float64Array(7);
    for (let draw = 0; draw < 70_000; draw++) {
      const value = stream.below(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * Math.sqrt((70_000 * 6) / 49));
  });

  it("gives normal numbers with the moments of their law", () => {
    const stream = new RandomStream(key);
    const n = 200_000;
    const sums = [0, 0, 0, 0];
    for (let draw = 0; draw < n; draw++) {
      const value = stream.normal();
      for (let power = 0; power < 4; power++) sums[power] = (sums[power] ?? 0) + value ** (power + 1);
    }
    const expected = [0, 1, 0, 3];
    // Variances of xᵏ of a normal number.
    const variances = [1, 2, 15, 96];
    for (const [index, sum] of sums.entries()) {
      const error = sum / n - (expected[index] ?? 0);
      expect(Math.abs(error)).toBeLessThan(4 * Math.sqrt((variances[index] ?? 0) / n));
    }
  });

  it("refuses a seed that is no whole number", () => {
    expect(() => new RandomStream({ ...key, seed: 0.5 })).toThrow(RangeError);
    expect(() => new RandomStream({ ...key, seed: Number.NaN })).toThrow(RangeError);
  });
});
