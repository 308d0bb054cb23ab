import { fail, type Result, succeed } from "#src/base/result.ts";

export interface NumberRule {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly integer?: boolean | undefined;
  /** Accepted after the number and dropped. */
  readonly unit?: string | undefined;
}

export type NumberProblem =
  | { readonly kind: "not-a-number" }
  | { readonly kind: "not-whole" }
  | { readonly kind: "below"; readonly min: number }
  | { readonly kind: "above"; readonly max: number };

const SUFFIXES: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["m", 1e6],
  ["g", 1e9],
  ["b", 1e9],
  ["t", 1e12],
]);

function withoutUnit(text: string, unit: string | undefined): string {
  if (unit === undefined || unit === "") return text;
  const wanted = unit.replace(/\s/g, "").toLowerCase();
  return text.toLowerCase().endsWith(wanted) && text.length > wanted.length
    ? text.slice(0, text.length - wanted.length)
    : text;
}

/** Commas group thousands when every group has three digits; a single other comma is a decimal point. */
function withoutCommas(text: string): string {
  if (/^[+-]?\d{1,3}(,\d{3})+(\.|[a-z]|$)/i.test(text)) return text.replaceAll(",", "");
  return text.replace(",", ".");
}

/** Reads a number as people type it: `10k`, `1.5M`, `1 000`, `1,000`, `0,5`, `12 ms` (when the unit is ms), `1e3`. */
export function parseNumberText(text: string, rule: NumberRule = {}): Result<number, NumberProblem> {
  const compact = text.replace(/[\s_'’]/g, "").replaceAll("−", "-");
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([kmgbt]?)$/i.exec(
    withoutCommas(withoutUnit(compact, rule.unit)),
  );
  const factor = match?.[2] ? SUFFIXES.get(match[2].toLowerCase()) : 1;
  const value = Number(match?.[1] ?? Number.NaN) * (factor ?? Number.NaN);
  if (!Number.isFinite(value)) return fail({ kind: "not-a-number" });
  const tidy = Number(value.toPrecision(15));
  return checkNumber(tidy, rule);
}

export function checkNumber(value: number, { min, max, integer }: NumberRule): Result<number, NumberProblem> {
  if (integer === true && !Number.isInteger(value)) return fail({ kind: "not-whole" });
  if (min !== undefined && value < min) return fail({ kind: "below", min });
  if (max !== undefined && value > max) return fail({ kind: "above", max });
  return succeed(value);
}
