/** Middle of several measurements of the processor time that some work takes, in milliseconds: other programs do not count. */
export function middleCpuMs(runs: number, work: (run: number) => void): number {
  const found: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    work(run);
    const { user, system } = process.cpuUsage(before);
    found.push((user + system) / 1000);
  }
  found.sort((first, second) => first - second);
  return found[runs >> 1] ?? 0;
}

/** Prints lines with their columns below one another. */
export function printRows(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toFixed(2) : cell)));
  const widths: number[] = [];
  for (const row of texts) {
    for (const [column, text] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, text.length);
  }
  const lines = texts.map((row) =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))),
  );
  console.log(`\n${title}\n${lines.map((row) => row.join("  ")).join("\n")}`);
}

/** Throws when a ratio is above its limit, which fails the measurement. */
export function holdRatio(name: string, ratio: number, limit: number): void {
  if (!(ratio <= limit)) throw new Error(`${name}: ${ratio.toFixed(2)} is above ${limit}`);
}

/** Options of a measurement that takes its own times. */
export const once = { iterations: 1, time: 0, warmupIterations: 0, warmupTime: 0 } as const;

/** Work that is done at the first call only: the runner calls a measurement more often than it is told to. */
export function measuredOnce(work: () => void | Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => {
    if (result === null) {
      result = (async () => work())();
      // Whoever calls again is told as well.
      result.catch(() => {});
    }
    return result;
  };
}
