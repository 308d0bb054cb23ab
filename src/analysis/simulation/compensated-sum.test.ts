import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { CompensatedSum } from "./compensated-sum.ts";

describe("the compensated sum", () => {
  it("keeps what a plain sum loses", () => {
    const sum = new CompensatedSum();
    for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
    expect(sum.value).toBe(2);
    const tenths = new CompensatedSum();
    for (let n = 0; n < 1_000_000; n++) tenths.add(0.1);
    // A million times the double next to 0.1, rounded once.
    expect(tenths.value).toBe(100_000);
  });

  it("adds products exactly", () => {
    const random = seededRandom(3);
    const sum = new CompensatedSum();
    let exact = 0n;
    for (let n = 0; n < 2000; n++) {
      // Integers of 53 bits whose products a double cannot hold.
      const x = random.below(2 ** 32) * 2 ** 21 + random.below(2 ** 21);
      const y = random.below(2 ** 32) * 2 ** 21 - random.below(2 ** 21);
      sum.addProduct(x, y);
      exact += BigInt(x) * BigInt(y);
    }
    expect(sum.value).toBe(Number(exact));
  });

  it("joins two sums, itself included", () => {
    const [first, second] = [new CompensatedSum(), new CompensatedSum()];
    for (let n = 0; n < 1000; n++) {
      first.add(0.1);
      second.add(1e9 + 0.1);
    }
    second.addSum(first);
    expect(second.value).toBeCloseTo(1e12 + 200, 3);
    first.addSum(first);
    expect(first.value).toBe(200);
  });

  it("keeps the digits of a variance that is tiny beside the mean", () => {
    const [sum, squares] = [new CompensatedSum(), new CompensatedSum()];
    const terms = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75, 1e9];
    for (const term of terms) {
      sum.add(term);
      squares.addProduct(term, term);
    }
    // Deviations of ±0.125 and ±0.375.
    expect(squares.minusSquareOver(sum, 4)).toBe(0.3125);
  });
});
