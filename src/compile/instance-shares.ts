/**
 * Shares of `instances` on a consistent-hash ring with `virtualNodes` points each (Karger et al. 1997): the sum of the arcs
 * that end in a point of the instance. The ring is drawn from the node's name, so that the same design has the same shares.
 * A share's coefficient of variation is √((n − 1)/(n·v + 1)) (Beta law of arcs). With weights the instances have points in
 * proportion to them, as many as with equal weights in all.
 */
export function ringShares(
  name: string,
  instances: number,
  virtualNodes: number,
  weights: readonly number[] | null = null,
): readonly number[] {
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? 0;
  const points: { readonly at: number; readonly instance: number }[] = [];
  for (let instance = 0; instance < instances; instance++) {
    const share = weights === null || total === 0 ? 1 / instances : (weights[instance] ?? 0) / total;
    const own = Math.round(virtualNodes * instances * share);
    for (let virtual = 0; virtual < own; virtual++)
      points.push({ at: placeOnRing(`${name}#${instance}#${virtual}`), instance });
  }
  points.sort((first, second) => first.at - second.at);
  const shares = new Array<number>(instances).fill(0);
  let previous = (points.at(-1)?.at ?? 0) - 1;
  for (const point of points) {
    shares[point.instance] = (shares[point.instance] ?? 0) + point.at - previous;
    previous = point.at;
  }
  return shares;
}

/** FNV-1a, then the 32-bit finaliser of MurmurHash3 so that neighbouring names land far apart; in [0, 1). */
function placeOnRing(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
