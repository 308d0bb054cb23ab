import { expect, test } from "vitest";
import { shortAvailability, shortDuration } from "./figure-text.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test.each([
  [null, "–"],
  [0, "0 ms"],
  [1e-9, "< 1 µs"],
  [0.0009, "< 1 µs"],
  [0.002, "2 µs"],
  [24, "24 ms"],
])("the duration %d reads %s", (durationMs, text) => expect(plain(shortDuration(durationMs))).toBe(text));

test.each([
  [0.95, "95 %"],
  [0.9997, "99.97 %"],
  [0.999977, "99.9977 %"],
  [0.9999989, "99.9998 %"],
  [0.99999999, "> 99.9999 %"],
  [1, "100 %"],
])("the availability %d reads %s", (share, text) => expect(plain(shortAvailability(share))).toBe(text));
