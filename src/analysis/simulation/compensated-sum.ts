/** 2²⁷ + 1: splits a double into two halves of 26 bits (T. J. Dekker, Numerische Mathematik 18, 1971). */
const SPLITTER = 2 ** 27 + 1;

/**
 * A sum of numbers and products carried with twice the digits of a double, so that it keeps all 53 bits however many terms
 * it has and however much they cancel (T. Ogita, S. M. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26,
 * 2005). Terms and products up to 10²⁹⁰ in size.
 */
export class CompensatedSum {
  private high = 0;
  private low = 0;

  get value(): number {
    return this.high + this.low;
  }

  /** Back to 0. */
  clear(): void {
    this.high = 0;
    this.low = 0;
  }

  add(term: number): void {
    const sum = this.high + term;
    const part = sum - this.high;
    this.low += this.high - (sum - part) + (term - part);
    this.high = sum;
  }

  /** Adds x·y without rounding the product. */
  addProduct(x: number, y: number): void {
    const product = x * y;
    this.add(product);
    this.low += productError(x, y, product);
  }

  addSum(other: CompensatedSum): void {
    // The halves are read first: a sum may be added to itself.
    const { high, low } = other;
    this.add(high);
    this.low += low;
  }

  /** The sum minus the square of another sum divided by a number, as for a variance. */
  minusSquareOver(other: CompensatedSum, divisor: number): number {
    const difference = new CompensatedSum();
    difference.addSum(this);
    const square = other.value * other.value;
    // What other.value leaves out of the sum that it rounds.
    const rest = other.high - other.value + other.low;
    const squareRest = productError(other.value, other.value, square) + 2 * other.value * rest;
    const quotient = square / divisor;
    const product = quotient * divisor;
    const remainder = square - product - productError(quotient, divisor, product);
    difference.add(-quotient);
    difference.add(-(remainder + squareRest) / divisor);
    return difference.value;
  }
}

/** x·y − product, where `product` is x·y rounded: exact. */
function productError(x: number, y: number, product: number): number {
  const xScaled = SPLITTER * x;
  const xHigh = xScaled - (xScaled - x);
  const xLow = x - xHigh;
  const yScaled = SPLITTER * y;
  const yHigh = yScaled - (yScaled - y);
  const yLow = y - yHigh;
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
}
