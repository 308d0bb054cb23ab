import { expect, test } from "vitest";
import { parseNumberText } from "./number-text.ts";

test.each([
  ["10k", 10_000],
  ["1.5M", 1_500_000],
  ["1.5 m", 1_500_000],
  ["2G", 2e9],
  ["3b", 3e9],
  ["1 000", 1000],
  ["1\u202f000", 1000],
  ["1\u2009000\u2009000", 1_000_000],
  ["1,000", 1000],
  ["1,234,567.5", 1_234_567.5],
  ["0,5", 0.5],
  ["1,5k", 1500],
  ["-3", -3],
  ["−3", -3],
  [".25", 0.25],
  ["5.", 5],
  ["1e3", 1000],
  ["0.1k", 100],
  ["1_000", 1000],
])("%s reads %d", (text, value) => expect(parseNumberText(text)).toEqual({ ok: true, value }));

test.each(["", " ", "k", "abc", "1.2.3", "1,2,3", "1e999", "NaN", "Infinity", "0x10", "10kk", "--1", "1 k 2"])(
  "%j is not a number",
  (text) => expect(parseNumberText(text)).toEqual({ ok: false, problem: { kind: "not-a-number" } }),
);

test("the unit may be typed", () => {
  expect(parseNumberText("12 ms", { unit: "ms" })).toEqual({ ok: true, value: 12 });
  expect(parseNumberText("10k\u00a0req/s", { unit: "req/s" })).toEqual({ ok: true, value: 10_000 });
  expect(parseNumberText("5 GB", { unit: "GB" })).toEqual({ ok: true, value: 5 });
  expect(parseNumberText("12 ms")).toEqual({ ok: false, problem: { kind: "not-a-number" } });
});

test("limits are named", () => {
  expect(parseNumberText("0", { min: 1 })).toEqual({ ok: false, problem: { kind: "below", min: 1 } });
  expect(parseNumberText("2k", { max: 1000 })).toEqual({ ok: false, problem: { kind: "above", max: 1000 } });
  expect(parseNumberText("1.5", { integer: true })).toEqual({ ok: false, problem: { kind: "not-whole" } });
  expect(parseNumberText("1", { min: 1, max: 1 })).toEqual({ ok: true, value: 1 });
});
