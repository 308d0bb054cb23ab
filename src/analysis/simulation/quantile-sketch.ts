import { CompensatedSum } from "./compensated-sum.ts";
import { naturalLogarithm } from "./natural-logarithm.ts";

/** Relative error of a quantile, α. */
const RELATIVE_ERROR = 0.005;
/** Upper end of a bucket over its lower end, γ. */
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const BUCKETS_PER_UNIT_OF_LOGARITHM = 1 / naturalLogarithm(GROWTH);
/** Values below are told from 0 by the exact minimum only: a nanosecond, where values are milliseconds. */
const SMALLEST = 1e-6;
const LARGEST = 1e9;
const LOG_OF_SMALLEST = naturalLogarithm(SMALLEST);
/** The last one is for what is larger. */
const BUCKETS = bucketOf(LARGEST) + 2;
/** Squares stay exact up to here. */
const REFUSED_FROM = 1e140;

/** The value of each bucket that is within α of every value in it: 2γⁱ⁺¹/(γ + 1) of the smallest. */
const REPRESENTATIVES = representatives();

function representatives(): Float64Array<ArrayBuffer> {
  const values = new Float64Array(BUCKETS);
  let lowerEnd = SMALLEST;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    values[bucket] = (lowerEnd * 2 * GROWTH) / (GROWTH + 1);
    lowerEnd *= GROWTH;
  }
  return values;
}

function bucketOf(value: number): number {
  return Math.floor((naturalLogarithm(value) - LOG_OF_SMALLEST) * BUCKETS_PER_UNIT_OF_LOGARITHM);
}

/**
 * The distribution of a sample in fixed memory (28 kB): a histogram whose buckets grow by γ = (1 + α)/(1 − α), so that each
 * quantile is within α = 0.5 % of the exact one (DDSketch: C. Masson, J. E. Rim, H. K. Lee, PVLDB 12, 2019). The bound holds
 * from 10⁻⁶ to 10⁹; quantiles among smaller values are given as the smallest value of the sample (at most 10⁻⁶ off), among larger
 * ones as the largest. Count, mean, variance, minimum and maximum are exact.
 *
 * Sketches merge: buckets are added, so the merged quantiles are those of the union, in whatever order.
 */
export class QuantileSketch {
  private readonly buckets = new Float64Array(BUCKETS);
  private below = 0;
  private total = 0;
  private readonly sum = new CompensatedSum();
  private readonly squares = new CompensatedSum();
  private smallest = Number.POSITIVE_INFINITY;
  private largest = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.total;
  }

  /** NaN for an empty sample, as are all of its figures. */
  get mean(): number {
    return this.total === 0 ? Number.NaN : this.sum.value / this.total;
  }

  /** Sample variance, by n − 1; NaN below two values. */
  get variance(): number {
    if (this.total < 2) return Number.NaN;
    return Math.max(0, this.squares.minusSquareOver(this.sum, this.total)) / (this.total - 1);
  }

  get minimum(): number {
    return this.total === 0 ? Number.NaN : this.smallest;
  }

  get maximum(): number {
    return this.total === 0 ? Number.NaN : this.largest;
  }

  /** @param value 0 or more, below 10¹⁴⁰; throws a RangeError otherwise */
  add(value: number): void {
    if (!(value >= 0 && value < REFUSED_FROM)) throw new RangeError(`QuantileSketch: ${value} is not from 0 to 1e140`);
    if (value < SMALLEST) this.below++;
    else {
      const bucket = Math.min(BUCKETS - 1, Math.max(0, bucketOf(value)));
      this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    }
    this.total++;
    this.sum.add(value);
    this.squares.addProduct(value, value);
    if (value < this.smallest) this.smallest = value;
    if (value > this.largest) this.largest = value;
  }

  /** Takes in the sample of another sketch, which stays as it is. */
  merge(other: QuantileSketch): void {
    const { buckets } = this;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      buckets[bucket] = (buckets[bucket] ?? 0) + (other.buckets[bucket] ?? 0);
    }
    this.below += other.below;
    this.total += other.total;
    this.sum.addSum(other.sum);
    this.squares.addSum(other.squares);
    this.smallest = Math.min(this.smallest, other.smallest);
    this.largest = Math.max(this.largest, other.largest);
  }

  /**
   * The value that at least the share `probability` of the sample does not exceed (R. J. Hyndman, Y. Fan 1996, definition 1),
   * NaN for an empty sample.
   *
   * @param probability 0 (the minimum) to 1 (the maximum); throws a RangeError otherwise
   */
  quantile(probability: number): number {
    if (!(probability >= 0 && probability <= 1)) throw new RangeError(`QuantileSketch: no quantile at ${probability}`);
    if (this.total === 0) return Number.NaN;
    const rank = Math.max(1, Math.ceil(probability * this.total));
    if (rank === this.total) return this.largest;
    if (rank <= Math.max(1, this.below)) return this.smallest;
    let passed = this.below;
    let bucket = -1;
    while (passed < rank && bucket < BUCKETS - 1) passed += this.buckets[++bucket] ?? 0;
    if (bucket === BUCKETS - 1) return this.largest;
    return Math.min(this.largest, Math.max(this.smallest, REPRESENTATIVES[bucket] ?? 0));
  }
}
