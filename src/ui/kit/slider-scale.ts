export type SliderScale = "linear" | "log";

export interface SliderRange {
  readonly min: number;
  readonly max: number;
  readonly scale: SliderScale;
}

/** Where a value stands on the track, 0 to 1. */
export function positionOf(value: number, { min, max, scale }: SliderRange): number {
  const share = scale === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share));
}

/** The value at a place on the track; positions outside 0 to 1 give the ends. */
export function valueAt(position: number, { min, max, scale }: SliderRange): number {
  const share = Math.min(1, Math.max(0, position));
  return scale === "log" ? min * (max / min) ** share : min + (max - min) * share;
}

/** Rounds to two significant figures: 0.97, 1.3, 12, 85. */
export function toTwoFigures(value: number): number {
  return Number(value.toPrecision(2));
}

const ONE_TWO_FIVE = [1, 2, 5] as const;

/**
 * The next value of a log slider. A small step changes the second figure (1.2, 1.3, … 9.9, 10, 11); a large one goes to
 * the next of 1, 2, 5, 10, 20, 50.
 */
export function nextLogValue(value: number, direction: 1 | -1, large: boolean): number {
  if (large) {
    const exponent = Math.floor(Math.log10(value));
    const candidates = [exponent - 1, exponent, exponent + 1].flatMap((power) =>
      ONE_TWO_FIVE.map((figure) => Number((figure * 10 ** power).toPrecision(1))),
    );
    const tolerance = value * 1e-9;
    return direction === 1
      ? (candidates.find((candidate) => candidate > value + tolerance) ?? value)
      : (candidates.findLast((candidate) => candidate < value - tolerance) ?? value);
  }
  const rounded = toTwoFigures(value);
  const stepsOffGrid = direction === 1 ? rounded > value * (1 + 1e-9) : rounded < value * (1 - 1e-9);
  if (stepsOffGrid) return rounded;
  const exponent = Math.floor(Math.log10(rounded) + 1e-9);
  // Going down from an exact power of ten, the second figure belongs to the decade below.
  const isPower = Math.abs(rounded / 10 ** exponent - 1) < 1e-9;
  const unit = 10 ** (exponent - 1 - (direction === -1 && isPower ? 1 : 0));
  return toTwoFigures(rounded + direction * unit);
}

const LOG_TICKS = [1, 1.5, 2, 3, 4, 6] as const;

/** Round values inside a log range, thinned to at most `most`, with powers of ten kept longest. */
export function logTicks(min: number, max: number, most: number): readonly number[] {
  const from = Math.floor(Math.log10(min));
  const to = Math.ceil(Math.log10(max));
  for (const figures of [LOG_TICKS, [1, 2, 5], [1]] as const) {
    const ticks: number[] = [];
    for (let power = from; power <= to; power += 1) {
      for (const figure of figures) {
        const tick = Number((figure * 10 ** power).toPrecision(2));
        if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick);
      }
    }
    if (ticks.length <= most || figures.length === 1) {
      const every = Math.max(1, Math.ceil(ticks.length / most));
      return ticks.filter((_, index) => index % every === 0);
    }
  }
  return [];
}
