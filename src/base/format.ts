/**
 * Numbers as people read them: three significant figures unless asked for more, thin spaces between thousands,
 * units always shown. Every function is total: null, NaN and infinities give an en dash.
 */

/** U+202F between thousands: as narrow as a thin space, and a line never breaks at it. */
const THIN_SPACE = "\u202f";
/** U+00A0 before a unit: a line never breaks between a number and its unit. */
export const UNIT_SPACE = "\u00a0";
/** U+2013: what stands where no number can be given. */
export const NO_VALUE = "–";
/** U+2212: a true minus sign, as wide as a figure. */
const MINUS = "−";

export interface FormatOptions {
  /** Significant figures, 1 to 15. Whole thousands are never cut below the decimal point's left side in scaled units. */
  readonly digits?: number;
}

type Amount = number | null | undefined;

function isNumber(amount: Amount): amount is number {
  return typeof amount === "number" && Number.isFinite(amount);
}

function roundTo(amount: number, digits: number): number {
  const kept = Math.min(15, Math.max(1, Math.round(digits)));
  return Number(amount.toPrecision(kept));
}

/** Decimal text without trailing zeros, with thousands grouped. Only from 1e21 up, where decimal text ends, a power of ten. */
function plainText(rounded: number, digits: number): string {
  const magnitude = Math.abs(rounded);
  if (magnitude === 0) return "0";
  if (magnitude >= 1e21) return `${rounded < 0 ? MINUS : ""}10^${Math.round(Math.log10(magnitude))}`;
  const exponent = Math.floor(Math.log10(magnitude));
  const decimals = Math.min(20, Math.max(0, digits - 1 - exponent));
  const [whole = "0", fraction = ""] = magnitude.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  const kept = fraction.replace(/0+$/, "");
  return `${rounded < 0 ? MINUS : ""}${grouped}${kept === "" ? "" : `.${kept}`}`;
}

/** A bare number: `9 240`, `0.613`, `−2.5`. No scaling, no unit. */
export function formatNumber(amount: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(amount)) return NO_VALUE;
  return plainText(roundTo(amount, digits), digits);
}

interface Scale {
  /** Used from this magnitude up, in the amount's own unit. */
  readonly from: number;
  readonly factor: number;
  readonly unit: string;
}

/** Scales run from the largest to the smallest; rounding is done before a scale is chosen, so 999.9 ms reads 1 s. */
function scaled(amount: number, scales: readonly Scale[], digits: number): { text: string; unit: string } {
  const smallest = scales[scales.length - 1];
  if (smallest === undefined || amount === 0) return { text: "0", unit: "" };
  const chosen = scales.find((scale) => Math.abs(roundTo(amount, digits)) >= scale.from) ?? smallest;
  return { text: plainText(roundTo(amount / chosen.factor, digits), digits), unit: chosen.unit };
}

const RATE_SCALES: readonly Scale[] = [
  { from: 1e9, factor: 1e9, unit: `${UNIT_SPACE}G/s` },
  { from: 1e6, factor: 1e6, unit: `${UNIT_SPACE}M/s` },
  { from: 0.01, factor: 1, unit: "/s" },
  { from: 1 / 3600, factor: 1 / 3600, unit: "/h" },
  { from: 0, factor: 1 / 86_400, unit: "/day" },
];

/** A rate given per second: `9 240/s`, `1.2 M/s`, `36/h`. */
export function formatRate(ratePerSecond: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(ratePerSecond)) return NO_VALUE;
  if (ratePerSecond === 0) return "0/s";
  const { text, unit } = scaled(ratePerSecond, RATE_SCALES, digits);
  return `${text}${unit}`;
}

const DURATION_SCALES_MS: readonly Scale[] = [
  { from: 730 * 86_400_000, factor: 365.25 * 86_400_000, unit: "years" },
  { from: 2 * 86_400_000, factor: 86_400_000, unit: "days" },
  { from: 2 * 3_600_000, factor: 3_600_000, unit: "h" },
  { from: 60_000, factor: 60_000, unit: "min" },
  { from: 1000, factor: 1000, unit: "s" },
  { from: 0.1, factor: 1, unit: "ms" },
  { from: 0.0001, factor: 0.001, unit: "µs" },
  { from: 0, factor: 0.000_001, unit: "ns" },
];

const NANOSECOND_MS = 1e-6;

/** A duration given in milliseconds: `0.6 ms`, `24 ms`, `1.5 s`, `60 min`, `8.77 h`, `12 days`; below a nanosecond `<1 ns`. */
export function formatDurationMs(durationMs: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(durationMs)) return NO_VALUE;
  if (durationMs === 0) return `0${UNIT_SPACE}ms`;
  if (Math.abs(roundTo(durationMs, digits)) < NANOSECOND_MS) {
    return durationMs < 0 ? `>${UNIT_SPACE}${MINUS}1${UNIT_SPACE}ns` : `<${UNIT_SPACE}1${UNIT_SPACE}ns`;
  }
  const { text, unit } = scaled(durationMs, DURATION_SCALES_MS, digits);
  return `${text}${UNIT_SPACE}${unit}`;
}

/**
 * A share given from 0 to 1: `36 %`, `104 %`. Close to 1 the figures count from the missing part (99.97 %, 99.995 %), so
 * that an availability or a hit ratio below 1 never reads 100 %.
 */
export function formatPercent(share: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(share)) return NO_VALUE;
  const missing = 1 - share;
  if (share > 0.9 && missing > 0) {
    // Two figures of the missing part are enough to tell "three nines" from "four nines".
    const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(missing * 100))));
    const wanted = Math.max(digits, Math.min(15, 2 + decimals));
    const text = plainText(roundTo(share * 100, share * 100 < 99 ? digits : wanted), wanted);
    if (text !== "100") return `${text}${UNIT_SPACE}%`;
    return `>${UNIT_SPACE}99.9999999999${UNIT_SPACE}%`;
  }
  return `${formatNumber(share * 100, { digits })}${UNIT_SPACE}%`;
}

/**
 * A utilisation given as a share of capacity: two figures below capacity (`85 %`), three from it on (`107 %`), so that what is
 * over its capacity never reads 100 %. The same digits wherever a part's utilisation is shown.
 */
export function formatUtilization(share: Amount): string {
  if (!isNumber(share)) return NO_VALUE;
  if (share > 1 && share < 1.005) return share < 1 + 1e-6 ? `100${UNIT_SPACE}%` : `>${UNIT_SPACE}100${UNIT_SPACE}%`;
  return formatPercent(share, { digits: share < 0.01 ? 1 : share < 1 ? 2 : 3 });
}

const BYTE_SCALES: readonly Scale[] = [
  { from: 1e15, factor: 1e15, unit: "PB" },
  { from: 1e12, factor: 1e12, unit: "TB" },
  { from: 1e9, factor: 1e9, unit: "GB" },
  { from: 1e6, factor: 1e6, unit: "MB" },
  { from: 1e3, factor: 1e3, unit: "kB" },
  { from: 0, factor: 1, unit: "B" },
];

/** An amount of data in bytes, decimal units (1 kB = 1000 B): `512 B`, `1.5 kB`, `2 TB`. */
export function formatBytes(bytes: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(bytes)) return NO_VALUE;
  if (bytes === 0) return `0${UNIT_SPACE}B`;
  const { text, unit } = scaled(bytes, BYTE_SCALES, digits);
  return `${text}${UNIT_SPACE}${unit}`;
}

const COUNT_SCALES: readonly Scale[] = [
  { from: 1e12, factor: 1e12, unit: `${UNIT_SPACE}T` },
  { from: 1e9, factor: 1e9, unit: `${UNIT_SPACE}G` },
  { from: 1e6, factor: 1e6, unit: `${UNIT_SPACE}M` },
  { from: 0, factor: 1, unit: "" },
];

/** A count of things: `3`, `1 310`, `540 000`, `2.5 M`. */
export function formatCount(count: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(count)) return NO_VALUE;
  const { text, unit } = scaled(count, COUNT_SCALES, digits);
  return `${text}${unit}`;
}

/** A multiple: `1.3×`, `0.85×`, `100×`. */
export function formatMultiple(multiple: Amount, { digits = 3 }: FormatOptions = {}): string {
  if (!isNumber(multiple)) return NO_VALUE;
  return `${formatNumber(multiple, { digits })}×`;
}

const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ["USD", "$"],
  ["EUR", "€"],
  ["GBP", "£"],
  ["JPY", "¥"],
]);

export interface MoneyOptions extends FormatOptions {
  /** ISO 4217 code; one without a common sign stands after the amount. */
  readonly currency?: string;
}

/** An amount of money: `$1 480`, `€0.02`, `$1.25 M`, `980 CHF`. */
export function formatMoney(amount: Amount, { digits = 3, currency = "USD" }: MoneyOptions = {}): string {
  if (!isNumber(amount)) return NO_VALUE;
  const { text, unit } = scaled(Math.abs(amount), COUNT_SCALES, digits);
  const sign = CURRENCY_SIGNS.get(currency);
  const minus = amount < 0 && text !== "0" ? MINUS : "";
  return sign === undefined ? `${minus}${text}${unit}${UNIT_SPACE}${currency}` : `${minus}${sign}${text}${unit}`;
}
