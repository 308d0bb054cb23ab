import type { Position } from "../document.ts";
import type { BoxIndex } from "./box-index.ts";

/** Distance between lines that run beside each other. */
const laneWidth = 8;
/** Room between a line and a box. */
const room = 6;
/** A turn keeps this far from the side that the line leaves or reaches. */
const stub = 10;
/** How far a stretch may be moved to make room. */
const mostShift = 48;
/** Stretches whose ends are nearer than this also need lanes of their own. */
const touch = 6;
/** Moving one bundle can bring it onto the next: that is looked at again, this often. */
const passes = 3;
/** The order within a larger bundle is by place alone. */
const mostCompared = 120;

type Axis = "x" | "y";

/** A stretch between two turns. It lies at one coordinate of `axis` and can be moved along it. */
interface Stretch {
  readonly edge: string;
  /** Index of the point where it begins. */
  readonly point: number;
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
  /** Where its neighbours lead, from each of its two ends: place along the stretch, and −1 towards smaller coordinates. */
  readonly arms: readonly { readonly place: number; readonly towards: 1 | -1 }[];
}

/**
 * The same lines with stretches that would lie on each other moved apart, in the order in which they cross least. Ends stay
 * where they are. A line is only moved by lines that it meets, so that far parts of a drawing do not depend on each other.
 */
export function separateLanes(
  lines: ReadonlyMap<string, readonly Position[]>,
  index: BoxIndex,
): ReadonlyMap<string, readonly Position[]> {
  const moved = new Map([...lines].map(([id, points]) => [id, [...points]]));
  for (let pass = 0; pass < passes; pass++) {
    for (const axis of ["x", "y"] as const) {
      for (const bundle of bundlesOf(stretchesOf(moved, axis, index))) spread(bundle, axis, moved);
    }
  }
  return moved;
}

function stretchesOf(lines: ReadonlyMap<string, readonly Position[]>, axis: Axis, index: BoxIndex): readonly Stretch[] {
  const along: Axis = axis === "x" ? "y" : "x";
  const stretches: Stretch[] = [];
  for (const [edge, points] of lines) {
    for (let point = 1; point + 2 < points.length; point++) {
      const [before, from, to, after] = points.slice(point - 1, point + 3);
      if (before === undefined || from === undefined || to === undefined || after === undefined) continue;
      if (from[axis] !== to[axis] || from[along] === to[along]) continue;
      const at = from[axis];
      const low = Math.min(from[along], to[along]);
      const high = Math.max(from[along], to[along]);
      let least = at - mostShift;
      let most = at + mostShift;
      for (const [far, isEnd] of [
        [before, point === 1],
        [after, point + 3 === points.length],
      ] as const) {
        const keep = isEnd ? stub : 2;
        if (far[axis] < at) least = Math.max(least, Math.min(at, far[axis] + keep));
        else most = Math.min(most, Math.max(at, far[axis] - keep));
      }
      const area =
        axis === "x"
          ? { left: least, right: most, top: low - room, bottom: high + room }
          : { left: low - room, right: high + room, top: least, bottom: most };
      for (const box of index.touching(area)) {
        const start = box[axis];
        const end = start + (axis === "x" ? box.width : box.height);
        if (end <= at) least = Math.max(least, Math.min(at, end + room));
        else if (start >= at) most = Math.min(most, Math.max(at, start - room));
      }
      const armOf = (place: number, far: number): Stretch["arms"][number] => ({ place, towards: far < at ? -1 : 1 });
      const arms = [armOf(from[along], before[axis]), armOf(to[along], after[axis])];
      stretches.push({ edge, point, at, low, high, least, most, arms });
    }
  }
  return stretches;
}

/** Groups of stretches that run beside each other, too near, for some way. */
function bundlesOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const strips = new Map<number, number[]>();
  for (const [index, { at }] of stretches.entries()) {
    const strip = Math.floor(at / laneWidth);
    const list = strips.get(strip);
    if (list === undefined) strips.set(strip, [index]);
    else list.push(index);
  }
  const parent = stretches.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) root = next;
    parent[index] = root;
    return root;
  };
  for (const strip of [...strips.keys()].sort((first, second) => first - second)) {
    const beside = [...(strips.get(strip) ?? []), ...(strips.get(strip + 1) ?? [])].sort(
      (first, second) => (stretches[first]?.low ?? 0) - (stretches[second]?.low ?? 0) || first - second,
    );
    // A sweep along the strip: whatever begins before the furthest end so far belongs to it.
    let furthest: number | null = null;
    for (const index of beside) {
      const stretch = stretches[index];
      const reached = furthest === null ? undefined : stretches[furthest];
      if (stretch === undefined) continue;
      if (furthest !== null && reached !== undefined && stretch.low <= reached.high + touch) {
        parent[rootOf(index)] = rootOf(furthest);
      }
      if (reached === undefined || stretch.high > reached.high) furthest = index;
    }
  }
  const bundles = new Map<number, Stretch[]>();
  for (const [index, stretch] of stretches.entries()) {
    const root = rootOf(index);
    const list = bundles.get(root);
    if (list === undefined) bundles.set(root, [stretch]);
    else list.push(stretch);
  }
  return [...bundles.values()].filter((bundle) => bundle.length > 1);
}

/** Gives the stretches of a bundle lanes around their middle; those that do not meet may share one. */
function spread(bundle: readonly Stretch[], axis: Axis, lines: ReadonlyMap<string, Position[]>): void {
  const ordered = inOrder(bundle);
  const lanes: number[] = [];
  for (const [index, stretch] of ordered.entries()) {
    let lane = 0;
    for (let before = 0; before < index; before++) {
      const other = ordered[before];
      if (other !== undefined && meets(stretch, other)) lane = Math.max(lane, (lanes[before] ?? 0) + 1);
    }
    lanes.push(lane);
  }
  const widest = Math.max(...lanes);
  if (widest === 0) return;
  const least = Math.max(...ordered.map((stretch) => stretch.least));
  const most = Math.min(...ordered.map((stretch) => stretch.most));
  const width = Math.max(3, Math.min(laneWidth, (most - least) / widest));
  const mean = ordered.reduce((sum, { at }) => sum + at, 0) / ordered.length;
  const half = (widest * width) / 2;
  const middle = most - least >= 2 * half ? clamp(mean, least + half, most - half) : mean;
  for (const [index, stretch] of ordered.entries()) {
    const place = middle + (lanes[index] ?? 0) * width - half;
    move(lines.get(stretch.edge), stretch.point, axis, clamp(place, stretch.least, stretch.most));
  }
}

function move(points: Position[] | undefined, point: number, axis: Axis, to: number): void {
  if (points === undefined) return;
  for (const index of [point, point + 1]) {
    const old = points[index];
    if (old !== undefined) points[index] = { ...old, [axis]: to };
  }
}

/** By insertion: each goes where it crosses least of those that stand already, and behind them when that is the same. */
function inOrder(bundle: readonly Stretch[]): readonly Stretch[] {
  const byPlace = [...bundle].sort((first, second) => first.at - second.at || first.low - second.low);
  if (bundle.length > mostCompared) return byPlace;
  const ordered: Stretch[] = [];
  for (const stretch of byPlace) {
    let best = ordered.length;
    let cost = 0;
    let bestCost = 0;
    for (let place = ordered.length - 1; place >= 0; place--) {
      const other = ordered[place];
      if (other !== undefined && meets(other, stretch)) cost += crossed(stretch, other) - crossed(other, stretch);
      if (cost < bestCost) {
        best = place;
        bestCost = cost;
      }
    }
    ordered.splice(best, 0, stretch);
  }
  return ordered;
}

/** Lines that cross, or lie on each other, when one stretch has the smaller coordinate. */
function crossed(first: Stretch, second: Stretch): number {
  const within = (place: number, { low, high }: Stretch) => place > low - touch && place < high + touch;
  return (
    first.arms.filter(({ place, towards }) => towards === 1 && within(place, second)).length +
    second.arms.filter(({ place, towards }) => towards === -1 && within(place, first)).length
  );
}

function meets(first: Stretch, second: Stretch): boolean {
  return first.low <= second.high + touch && second.low <= first.high + touch && first.edge !== second.edge;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
