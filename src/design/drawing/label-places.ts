import type { Position } from "../document.ts";
import type { Box } from "./box.ts";
import { type BoxIndex, indexBoxes } from "./box-index.ts";

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

/** Room between a label and anything that it must not cover. */
const room = 3;
/** The bends at the ends of a stretch stay visible. */
const bend = 8;
/** The head of the line stays free. */
const headLength = 12;
/** Places along a stretch, from its middle outwards. */
const fractions = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9] as const;

interface Place {
  readonly centre: Position;
  readonly cost: number;
}

/**
 * Centres of labels on their lines: on the stretch with most room where the label covers no box and no other label, away from other
 * lines where there is a choice. Null where there is no room. In the order of `sizes`; cost is linear in the labels, times
 * what stands near each.
 */
export function placeLabels(
  lines: ReadonlyMap<string, readonly Position[]>,
  sizes: ReadonlyMap<string, LabelSize>,
  obstacles: Iterable<Box>,
): ReadonlyMap<string, Position | null> {
  const boxes = [...obstacles];
  const around = indexBoxes(boxes);
  const stretches = indexBoxes([...lines].flatMap(([id, points]) => stretchBoxes(id, points)));
  // Labels stand on lines, and few meet: the ones placed so far are looked through in strips as high as a label.
  const placed = new Map<number, Box[]>();
  const places = new Map<string, Position | null>();
  for (const [id, size] of sizes) {
    const points = lines.get(id) ?? [];
    let best: Place | null = null;
    for (const { centre, cost } of candidates(points, size)) {
      if (best !== null && cost >= best.cost) continue;
      const box = boxAt(centre, size);
      if (around.touching(areaOf(box)).length > 0 || isTaken(placed, box)) continue;
      const total = cost + 40 * linesUnder(stretches, id, box);
      if (best === null || total < best.cost) best = { centre, cost: total };
    }
    places.set(id, best?.centre ?? null);
    if (best !== null) take(placed, boxAt(best.centre, size));
  }
  return places;
}

function candidates(points: readonly Position[], size: LabelSize): readonly Place[] {
  const found: Place[] = [];
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const end = points[index];
    if (from === undefined || end === undefined) continue;
    const whole = Math.abs(end.x - from.x) + Math.abs(end.y - from.y);
    const length = whole - (index === points.length - 1 ? headLength : 0);
    const needed = from.y === end.y ? size.width : size.height;
    if (length < needed + 2 * bend) continue;
    for (const fraction of fractions) {
      const along = fraction * length;
      if (along < needed / 2 + bend || length - along < needed / 2 + bend) continue;
      const share = along / whole;
      found.push({
        centre: { x: from.x + (end.x - from.x) * share, y: from.y + (end.y - from.y) * share },
        // Stretches with much room left first, and near their middle.
        cost: 600 / (length - needed) + 20 * Math.abs(fraction - 0.5),
      });
    }
  }
  return found.sort((first, second) => first.cost - second.cost);
}

interface StretchBox extends Box {
  readonly edge: string;
}

function stretchBoxes(edge: string, points: readonly Position[]): readonly StretchBox[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    if (from === undefined) return [];
    const x = Math.min(from.x, to.x) - 0.5;
    const y = Math.min(from.y, to.y) - 0.5;
    return [{ edge, x, y, width: Math.abs(to.x - from.x) + 1, height: Math.abs(to.y - from.y) + 1 }];
  });
}

function linesUnder(stretches: BoxIndex<StretchBox>, id: string, box: Box): number {
  return stretches.touching(areaOf(box)).filter(({ edge }) => edge !== id).length;
}

function boxAt(centre: Position, { width, height }: LabelSize): Box {
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
}

function areaOf(box: Box) {
  return {
    left: box.x - room,
    right: box.x + box.width + room,
    top: box.y - room,
    bottom: box.y + box.height + room,
  };
}

const stripHeight = 64;

function stripsOf(box: Box): readonly number[] {
  const first = Math.floor((box.y - room) / stripHeight);
  const last = Math.floor((box.y + box.height + room) / stripHeight);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function isTaken(placed: ReadonlyMap<number, readonly Box[]>, box: Box): boolean {
  const { left, right, top, bottom } = areaOf(box);
  return stripsOf(box).some((strip) =>
    placed
      .get(strip)
      ?.some(
        (other) => other.x < right && other.x + other.width > left && other.y < bottom && other.y + other.height > top,
      ),
  );
}

function take(placed: Map<number, Box[]>, box: Box): void {
  for (const strip of stripsOf(box)) {
    const list = placed.get(strip);
    if (list === undefined) placed.set(strip, [box]);
    else list.push(box);
  }
}
