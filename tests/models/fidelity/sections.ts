import type { FidelityRow, FidelitySection } from "#src/insights/fidelity/fidelity-row.ts";
import { cacheFidelity } from "./caches.ts";
import { callFidelity } from "./calls.ts";
import { forkJoinFidelity } from "./fork-join.ts";
import { messagingFidelity } from "./messaging.ts";
import { networkFidelity } from "./networks.ts";
import { stationFidelity } from "./stations.ts";

/** All comparisons of the fidelity table, measured anew. */
export function measureFidelity(): readonly FidelitySection[] {
  return [
    { subject: "Stations", rows: rounded(stationFidelity()) },
    { subject: "Networks", rows: rounded(networkFidelity()) },
    { subject: "Calls, limits and retries", rows: rounded(callFidelity()) },
    { subject: "Fork and join", rows: rounded(forkJoinFidelity()) },
    { subject: "Caches and keys", rows: rounded(cacheFidelity()) },
    { subject: "Messages, copies and scaling", rows: rounded(messagingFidelity()) },
  ];
}

/** What is kept of a measured error: two digits, and nothing below the rounding of double precision. */
function rounded(rows: readonly FidelityRow[]): readonly FidelityRow[] {
  const short = (percent: number): number => (percent < 1e-10 ? 0 : Number(percent.toPrecision(2)));
  return rows.map((row) => ({
    ...row,
    meanErrorPercent: short(row.meanErrorPercent),
    worstErrorPercent: short(row.worstErrorPercent),
  }));
}
