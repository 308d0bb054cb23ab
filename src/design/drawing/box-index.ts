import type { Box } from "./box.ts";

/** Boxes by place, so that asking what stands near a line does not look at all of them. */
export interface BoxIndex<Item extends Box = Box> {
  /** Boxes that the rectangle reaches into, each once, in the order in which they were given. */
  touching(area: Area): readonly Item[];
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** About two cards wide: a card lies in few cells, and a cell holds few cards. */
const cellSize = 400;
/** A box over more cells than this is kept apart and looked at every time. */
const mostCells = 64;

/** A uniform grid over the boxes. Building is linear in them; asking, in the cells of the area and the boxes found there. */
export function indexBoxes<Item extends Box>(boxes: Iterable<Item>): BoxIndex<Item> {
  const all = [...boxes];
  const cells = new Map<string, number[]>();
  const everywhere: number[] = [];
  for (const [index, box] of all.entries()) {
    const keys = cellsOf({ left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height });
    if (keys === null) {
      everywhere.push(index);
      continue;
    }
    for (const key of keys) {
      const list = cells.get(key);
      if (list === undefined) cells.set(key, [index]);
      else list.push(index);
    }
  }
  const reaches = (box: Box, { left, right, top, bottom }: Area) =>
    box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top;
  return {
    touching(area) {
      const keys = cellsOf(area);
      if (keys === null) return all.filter((box) => reaches(box, area));
      const found = new Set(everywhere);
      for (const key of keys) for (const index of cells.get(key) ?? []) found.add(index);
      return [...found]
        .sort((first, second) => first - second)
        .flatMap((index) => {
          const box = all[index];
          return box !== undefined && reaches(box, area) ? [box] : [];
        });
    },
  };
}

/** Keys of the cells that an area reaches into; null when they are too many to list. */
function cellsOf({ left, right, top, bottom }: Area): readonly string[] | null {
  const firstColumn = Math.floor(left / cellSize);
  const lastColumn = Math.floor(right / cellSize);
  const firstRow = Math.floor(top / cellSize);
  const lastRow = Math.floor(bottom / cellSize);
  if ((lastColumn - firstColumn + 1) * (lastRow - firstRow + 1) > mostCells) return null;
  const keys: string[] = [];
  for (let column = firstColumn; column <= lastColumn; column++) {
    for (let row = firstRow; row <= lastRow; row++) keys.push(`${column},${row}`);
  }
  return keys;
}
