/** Round values inside a linear range: at most `most` steps of 1, 2, 2.5 or 5 times a power of ten. */
export function linearTicks(min: number, max: number, most: number): readonly number[] {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span)) return [min];
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  const step = factor * power;
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  for (let count = 0; (first + count) * step <= max + step * 1e-9; count += 1) {
    ticks.push(Number(((first + count) * step).toPrecision(12)));
  }
  return ticks;
}
