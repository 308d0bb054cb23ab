import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatBytes, formatCount, formatNumber, formatRate } from "#src/base/format.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type VolumeFigure = Extract<FigureReference, { of: "volume" }>["figure"];

const definition: Exactness = {
  kind: "exact",
  model: "Definition",
  source: "The requirements of the design",
  typicalErrorPercent: null,
};

/** Bits per second with a prefix: "8 Mbit/s". */
export function formatBandwidth(bitsPerSecond: number): string {
  const units = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];
  let unit = 0;
  let amount = bitsPerSecond;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${formatNumber(amount)} ${units[unit] ?? ""}`;
}

export function explainVolumeFigure({ design, report }: ExplanationContext, figure: VolumeFigure): Explanation | null {
  const { volume } = report.data;
  const { recordsPerDay, recordBytes } = design.requirements;
  if (volume === null || recordsPerDay === undefined || recordBytes === undefined) return null;
  const records = { symbol: "records", meaning: "new records a day", value: formatCount(recordsPerDay) };
  const size = { symbol: "size", meaning: "bytes of a record", value: formatBytes(recordBytes) };
  const base = { assumptions: [], exactness: definition };
  switch (figure) {
    case "bytesPerDay":
      return {
        ...base,
        title: "Data a day, one copy",
        value: formatBytes(volume.bytesPerDay),
        formula: "records a day × size",
        substituted: `${formatBytes(volume.bytesPerDay)} = ${records.value} × ${size.value}`,
        values: [records, size],
      };
    case "ingestBitsPerSecond":
      return {
        ...base,
        title: "Bandwidth of new records",
        value: formatBandwidth(volume.ingestBitsPerSecond),
        formula: "records a day / 86 400 s × size × 8",
        substituted: `${formatBandwidth(volume.ingestBitsPerSecond)} = ${formatRate(volume.writesPerSecond)} × ${size.value} × 8`,
        values: [records, size],
      };
    case "writesPerSecond":
      return {
        ...base,
        title: "New records a second",
        value: formatRate(volume.writesPerSecond),
        formula: "records a day / 86 400 s",
        substituted: `${formatRate(volume.writesPerSecond)} = ${records.value} / 86 400 s`,
        values: [records],
      };
    case "copies":
      return {
        ...base,
        title: "Copies of every record",
        value: formatNumber(volume.copies),
        formula: "replication factor of the requirements, 3 where they state none",
        substituted:
          design.requirements.replicationFactor === undefined
            ? `${formatNumber(volume.copies)}, as is usual`
            : `${formatNumber(volume.copies)}, as stated`,
        values: [],
      };
    case "bytesAfterYear": {
      const days = Math.min(365, volume.retentionDays ?? 365);
      return {
        ...base,
        title: "Data after a year",
        value: formatBytes(volume.bytesAfterYear),
        formula: "records a day × size × days × copies, at most a year of days",
        substituted: `${formatBytes(volume.bytesAfterYear)} = ${formatBytes(volume.bytesPerDay)} × ${formatCount(days)} × ${formatNumber(volume.copies)}`,
        values: [records, size],
      };
    }
    case "bytesKept": {
      const days = volume.retentionDays;
      return {
        ...base,
        title: days === null ? "Data after a year" : "Data kept in all",
        value: formatBytes(volume.bytesKept ?? volume.bytesAfterYear),
        formula: "records a day × size × days × copies",
        substituted: `${formatBytes(volume.bytesKept ?? volume.bytesAfterYear)} = ${formatBytes(volume.bytesPerDay)} × ${formatCount(days ?? 365)} × ${formatNumber(volume.copies)}`,
        values: [records, size, { symbol: "copies", meaning: "of every record", value: formatNumber(volume.copies) }],
      };
    }
  }
}
