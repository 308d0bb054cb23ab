import { CompensatedSum } from "./compensated-sum.ts";

/**
 * A quantity that changes at moments and stays between them, such as a queue length or the number of busy servers, and its
 * integral over time.
 */
export class TimeAverage {
  private readonly area = new CompensatedSum();
  private level: number;
  private from: number;
  private since: number;

  /**
   * @param time of the beginning, in the unit of the caller
   * @param value from then on
   */
  constructor(time: number, value: number) {
    this.from = time;
    this.since = time;
    this.level = value;
  }

  /** What it is now. */
  get value(): number {
    return this.level;
  }

  /** The quantity is `value` from `time` on. Throws a RangeError when that is before its last change. */
  change(time: number, value: number): void {
    if (!(time >= this.since)) throw new RangeError(`TimeAverage: ${time} is before ${this.since}`);
    this.area.addProduct(this.level, time - this.since);
    this.since = time;
    this.level = value;
  }

  /** Forgets what was before `time`: the end of the warm-up. */
  restart(time: number): void {
    this.change(time, this.level);
    this.area.clear();
    this.from = time;
  }

  /** Integral from the beginning to `time`, which is no earlier than the last change. */
  integralUntil(time: number): number {
    this.change(time, this.level);
    return this.area.value;
  }

  /** Mean over time from the beginning to `time`, which is no earlier than the last change; NaN over no time. */
  meanUntil(time: number): number {
    return this.integralUntil(time) / (time - this.from);
  }
}

/**
 * How far a run is from Little's law L = λ·W (J. D. C. Little, Operations Research 9, 1961), relative to the larger side; 0 for
 * an empty place. Where every visit counts with the part of its stay that lies within the time measured, L and λ·W are the same integral,
 * and anything above rounding is a fault of the simulation.
 *
 * @param meanNumber L, mean over time of the number present
 * @param arrivalRate λ, in visits a unit of time
 * @param meanTime W, mean stay of a visit, in the same unit of time
 */
export function littlesLawGap(meanNumber: number, arrivalRate: number, meanTime: number): number {
  const other = arrivalRate * meanTime;
  return meanNumber === other ? 0 : Math.abs(meanNumber - other) / Math.max(Math.abs(meanNumber), Math.abs(other));
}
