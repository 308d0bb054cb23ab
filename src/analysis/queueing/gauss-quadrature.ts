/** Nodes and weights of a quadrature rule. */
export interface Quadrature {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

const MOST_ROTATIONS = 60;

/**
 * The Gauss rule of a measure of mass 1 from its Jacobi matrix (Golub and Welsch 1969): the nodes are the eigenvalues, the weights
 * the squared first components of the eigenvectors, by the QL method with implicit shifts. O(n²).
 *
 * @param diagonal n numbers
 * @param beside n − 1 numbers or more, those beside the diagonal
 */
export function gaussQuadrature(diagonal: readonly number[], beside: readonly number[]): Quadrature {
  const size = diagonal.length;
  const d = [...diagonal];
  const e = Array.from({ length: size }, (_, k) => (k + 1 < size ? (beside[k] ?? 0) : 0));
  const z = Array.from({ length: size }, (_, k) => (k === 0 ? 1 : 0));
  for (let low = 0; low < size; low += 1) {
    for (let rotation = 0; rotation < MOST_ROTATIONS; rotation += 1) {
      let high = low;
      for (; high < size - 1; high += 1) {
        const scale = Math.abs(d[high] ?? 0) + Math.abs(d[high + 1] ?? 0);
        if (Math.abs(e[high] ?? 0) <= Number.EPSILON * scale) break;
      }
      if (high === low) break;
      sweep(d, e, z, low, high);
    }
  }
  return { nodes: d, weights: z.map((first) => first * first) };
}

/** One QL step on the part from `low` to `high`. */
function sweep(d: number[], e: number[], z: number[], low: number, high: number): void {
  const corner = d[low] ?? 0;
  let g = ((d[low + 1] ?? 0) - corner) / (2 * (e[low] ?? 1));
  let r = Math.hypot(g, 1);
  g = (d[high] ?? 0) - corner + (e[low] ?? 0) / (g + (g < 0 ? -r : r));
  let sine = 1;
  let cosine = 1;
  let p = 0;
  for (let i = high - 1; i >= low; i -= 1) {
    const f = sine * (e[i] ?? 0);
    const b = cosine * (e[i] ?? 0);
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] ?? 0) - p;
      e[high] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = (d[i + 1] ?? 0) - p;
    r = ((d[i] ?? 0) - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
    const upper = z[i + 1] ?? 0;
    const lower = z[i] ?? 0;
    z[i + 1] = sine * lower + cosine * upper;
    z[i] = cosine * lower - sine * upper;
  }
  d[low] = (d[low] ?? 0) - p;
  e[low] = g;
  e[high] = 0;
}
