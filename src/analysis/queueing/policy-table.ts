/** Values over the number of queues and the utilization. */
export interface PolicyTable {
  /** From 0 to 1, rising. */
  readonly utilizations: readonly number[];
  /** By rising number of queues, one value a utilization. */
  readonly rows: readonly { readonly queues: number; readonly values: readonly number[] }[];
}

/** Bilinear in ln(queues) and in the utilization; outside the rows the nearest row holds. */
export function lookUp(table: PolicyTable, queues: number, utilization: number): number {
  const { rows, utilizations } = table;
  const upper = rows.findIndex((row) => row.queues >= queues);
  const above = rows[upper < 0 ? rows.length - 1 : upper];
  const below = rows[upper < 0 ? rows.length - 1 : Math.max(0, upper - 1)];
  if (above === undefined || below === undefined) throw new RangeError("lookUp: a policy table has at least one row");
  const apart = Math.log(above.queues / below.queues);
  const part = apart === 0 ? 0 : Math.min(1, Math.max(0, Math.log(queues / below.queues) / apart));
  return (
    (1 - part) * alongRow(utilizations, below.values, utilization) +
    part * alongRow(utilizations, above.values, utilization)
  );
}

function alongRow(utilizations: readonly number[], values: readonly number[], utilization: number): number {
  let k = 1;
  while (k < utilizations.length - 1 && (utilizations[k] ?? 1) < utilization) k += 1;
  const from = utilizations[k - 1] ?? 0;
  const to = utilizations[k] ?? 1;
  const part = Math.min(1, Math.max(0, (utilization - from) / (to - from)));
  return (1 - part) * (values[k - 1] ?? 0) + part * (values[k] ?? 0);
}
