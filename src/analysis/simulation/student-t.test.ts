import { describe, expect, it } from "vitest";
import { studentTFactor } from "./student-t.ts";

const DEGREES = [1, 2, 3, 4, 9, 10, 19, 30, 39, 120, 1000];

describe("the factor of Student's interval", () => {
  // By numerical inversion of the incomplete beta function with thirty digits.
  it.each([
    [
      0.5,
      [
        1, 0.816496580927726, 0.7648923284043453, 0.7406970841126826, 0.7027221467513264, 0.6998120613124316,
        0.6876214602039603, 0.6827556933212926, 0.6808325565646078, 0.6765397249125202, 0.6747351646070094,
      ],
    ],
    [
      0.9,
      [
        6.313751514675043, 2.919985580353726, 2.353363434801824, 2.13184678632665, 1.833112932656237, 1.812461122811676,
        1.72913281152137, 1.697260886593958, 1.684875121711225, 1.657650899355236, 1.646378817285465,
      ],
    ],
    [
      0.95,
      [
        12.7062047361747, 4.302652729749464, 3.18244630528371, 2.776445105197794, 2.262157162798206, 2.228138851986275,
        2.09302405440831, 2.042272456301238, 2.022690920036761, 1.979930405082441, 1.962339080826408,
      ],
    ],
    [
      0.99,
      [
        63.65674116287158, 9.924843200918293, 5.840909309733357, 4.604094871349993, 3.249835541592126,
        3.169272672616951, 2.860934606464979, 2.749995653567225, 2.707913183517662, 2.617421145106866,
        2.580754698065951,
      ],
    ],
    [
      0.999,
      [
        636.6192487687196, 31.59905457644362, 12.92397863668748, 8.610301581379275, 4.780912585931139,
        4.586893858702636, 3.883405852592083, 3.645958635042022, 3.558120081332732, 3.3734537685625, 3.300282648423913,
      ],
    ],
  ])("agrees with the table at confidence %f", (confidence, table) => {
    for (const [index, degrees] of DEGREES.entries()) {
      expect(Math.abs(studentTFactor(confidence, degrees) / (table[index] ?? Number.NaN) - 1)).toBeLessThan(1e-12);
    }
  });

  it("approaches the normal law", () => {
    // (z³ + z)/4 is the slope in 1/ν (Abramowitz & Stegun 26.7.5).
    const z = 1.959963984540054;
    expect(studentTFactor(0.95, 1_000_000)).toBeCloseTo(z + (z ** 3 + z) / 4e6, 10);
  });

  it("refuses what is no confidence and no number of degrees", () => {
    for (const [confidence, degrees] of [
      [0, 5],
      [1, 5],
      [Number.NaN, 5],
      [0.95, 0],
      [0.95, 2.5],
    ] as const) {
      expect(() => studentTFactor(confidence, degrees)).toThrow(RangeError);
    }
  });
});
