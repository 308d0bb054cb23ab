import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMoney,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
  formatUtilization,
} from "./format.ts";

/** Expected texts are written with plain spaces: narrow no-break ones stand before three digits, no-break ones before a unit. */
function spaced(text: string): string {
  return text.replace(/ (?=\d{3})/g, "\u202f").replaceAll(" ", "\u00a0");
}

const formatters = {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMoney,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
};

describe.each(Object.entries(formatters))("%s", (_name, format) => {
  test.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "gives an en dash for %s",
    (amount) => expect(format(amount)).toBe("–"),
  );

  test("never shows an exponent, whatever the magnitude", () => {
    for (let exponent = -14; exponent <= 20; exponent += 1) {
      expect(format(1.2345 * 10 ** exponent)).not.toMatch(/e[+-]?\d/i);
    }
  });
});

test.each([
  [0, "0/s"],
  [9240, "9 240/s"],
  [9237, "9 240/s"],
  [1.1, "1.1/s"],
  [150, "150/s"],
  [123_456, "123 000/s"],
  [999_600, "1 M/s"],
  [1_234_567, "1.23 M/s"],
  [2e9, "2 G/s"],
  [0.5, "0.5/s"],
  [0.001, "3.6/h"],
  [1 / 86_400, "1/day"],
])("a rate of %d per second reads %s", (rate, text) => expect(formatRate(rate)).toBe(spaced(text)));

test.each([
  [0, "0 ms"],
  [0.6, "0.6 ms"],
  [24, "24 ms"],
  [24.04, "24 ms"],
  [999.9, "1 s"],
  [1500, "1.5 s"],
  [90_000, "1.5 min"],
  [3_600_000, "60 min"],
  [7_200_000, "2 h"],
  [86_400_000, "24 h"],
  [12 * 86_400_000, "12 days"],
  [3 * 365.25 * 86_400_000, "3 years"],
  [0.05, "50 µs"],
  [0.00002, "20 ns"],
  [0.000_001, "1 ns"],
  [0.000_000_999_9, "1 ns"],
  [0.000_000_9, "< 1 ns"],
  [3e-16, "< 1 ns"],
  [-3e-16, "> −1 ns"],
])("%d ms reads %s", (duration, text) => expect(formatDurationMs(duration)).toBe(spaced(text)));

test.each([
  [0, "0 %"],
  [0.36, "36 %"],
  [0.7812, "78.1 %"],
  [1, "100 %"],
  [1.04, "104 %"],
  [0.92, "92 %"],
  [0.9997, "99.97 %"],
  [0.99995, "99.995 %"],
  [0.999999, "99.9999 %"],
  [-0.05, "−5 %"],
])("a share of %d reads %s", (share, text) => expect(formatPercent(share)).toBe(spaced(text)));

test("a share below one never reads 100 %", () => {
  for (let nines = 1; nines <= 16; nines += 1) {
    expect(formatPercent(1 - 10 ** -nines, { digits: 2 })).not.toBe(spaced("100 %"));
  }
});

test.each([
  [512, "512 B"],
  [1500, "1.5 kB"],
  [999_999, "1 MB"],
  [2e12, "2 TB"],
])("%d bytes read %s", (bytes, text) => expect(formatBytes(bytes)).toBe(spaced(text)));

test.each([
  [3, "3"],
  [1310, "1 310"],
  [540_000, "540 000"],
  [2_500_000, "2.5 M"],
])("a count of %d reads %s", (count, text) => expect(formatCount(count)).toBe(spaced(text)));

test.each([
  [1.3, "1.3×"],
  [1.284, "1.28×"],
  [100, "100×"],
  [0.1, "0.1×"],
])("a multiple of %d reads %s", (multiple, text) => expect(formatMultiple(multiple)).toBe(text));

test.each([
  [1480, "USD", "$1 480"],
  [0.0213, "EUR", "€0.0213"],
  [-12, "GBP", "−£12"],
  [980, "CHF", "980 CHF"],
  [1_250_000, "USD", "$1.25 M"],
])("%d %s reads %s", (amount, currency, text) => expect(formatMoney(amount, { currency })).toBe(spaced(text)));

test("more figures when asked for", () => {
  expect(formatRate(9237.4, { digits: 5 })).toBe(spaced("9 237.4/s"));
  expect(formatPercent(0.78123, { digits: 2 })).toBe(spaced("78 %"));
  expect(formatNumber(-1234.5, { digits: 6 })).toBe(spaced("−1 234.5"));
});

test.each([
  [0, "0 %"],
  [0.0004, "0.04 %"],
  [0.017, "1.7 %"],
  [0.846, "85 %"],
  [1, "100 %"],
  [1.019, "102 %"],
  [1.065, "107 %"],
  [12.34, "1 230 %"],
])("the utilisation %d reads %s", (share, text) => {
  expect(formatUtilization(share)).toBe(spaced(text));
});

test("a utilisation a little over capacity does not read 100 %", () => {
  expect(formatUtilization(1.0004)).toBe(">\u00a0100\u00a0%");
});
