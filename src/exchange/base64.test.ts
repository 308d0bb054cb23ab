import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

test("agrees with an independent encoder, both ways", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const text = Buffer.from(bytes).toString("base64");
      expect(toBase64(bytes)).toBe(text);
      expect(fromBase64(text)).toEqual(bytes);
    }),
  );
});

test.each(["a", "ab=", "====", "a===", "ab!d", "abcd\n"])("%j is no base64", (text) => {
  expect(fromBase64(text)).toBeNull();
});
