const LOG_2_HIGH = 0.6931471803691238;
const LOG_2_LOW = 1.9082149292705877e-10;
const SQUARE_ROOT_OF_2 = Math.SQRT2;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
/** Which of the two words of a double holds sign and exponent: platforms differ in the order of bytes. */
const HIGH_WORD = words[1] === 0 ? 0 : 1;

/**
 * ln x of a positive normal number (2⁻¹⁰²² to 1.8 · 10³⁰⁸); relative error below 4 · 10⁻¹⁶.
 *
 * `Math.log` may differ by a unit in the last place from one engine to the next, and one such unit reorders events. This
 * one uses additions, multiplications and divisions only, which IEEE 754 rounds alike everywhere: x = 2ᵏ·m with m between
 * √½ and √2, and ln m = 2·artanh((m − 1)/(m + 1)) by its power series (Abramowitz & Stegun 4.1.29).
 */
export function naturalLogarithm(x: number): number {
  double[0] = x;
  const high = words[HIGH_WORD] ?? 0;
  let exponent = (high >>> 20) - 1023;
  words[HIGH_WORD] = (high & 0x000fffff) | 0x3ff00000;
  let mantissa = double[0] ?? 1;
  if (mantissa > SQUARE_ROOT_OF_2) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  // |s| ≤ 0.1716: the first term left out is below 10⁻¹⁷ of the sum.
  const higher = z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + seventh(z)))))));
  return exponent * LOG_2_HIGH + (2 * s + (2 * s * higher + exponent * LOG_2_LOW));
}

/** The series from its seventh term on. */
function seventh(z: number): number {
  return z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21))));
}
