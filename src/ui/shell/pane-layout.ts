import { useCallback, useState } from "react";

/** Widths in CSS pixels. */
export interface PaneLayout {
  readonly left: number;
  readonly right: number;
  readonly isLeftFolded: boolean;
  readonly isRightFolded: boolean;
}

/** At its narrowest the list of parts shows icons alone. */
export const leftBounds = { min: 56, max: 360 } as const;
export const rightBounds = { min: 300, max: 720 } as const;

const key = "plimsoll.panes";
/** A wide window has room for the analysis with all its tabs and most columns of its tables. */
const wideWindow = 1600;

function usualLayout(): PaneLayout {
  return { left: 192, right: window.innerWidth >= wideWindow ? 480 : 408, isLeftFolded: false, isRightFolded: false };
}

function read(): PaneLayout {
  const usual = usualLayout();
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof stored !== "object" || stored === null) return usual;
    const fields = new Map<string, unknown>(Object.entries(stored));
    const width = (name: string, { min, max }: { readonly min: number; readonly max: number }, otherwise: number) => {
      const value = fields.get(name);
      return typeof value === "number" && value >= min && value <= max ? value : otherwise;
    };
    return {
      left: width("left", leftBounds, usual.left),
      right: width("right", rightBounds, usual.right),
      isLeftFolded: fields.get("isLeftFolded") === true,
      isRightFolded: fields.get("isRightFolded") === true,
    };
  } catch {
    return usual;
  }
}

/** The remembered layout of the panes, and how to change it. */
export function usePaneLayout(): readonly [PaneLayout, (change: Partial<PaneLayout>) => void] {
  const [layout, setLayout] = useState(read);
  const change = useCallback((part: Partial<PaneLayout>) => {
    setLayout((before) => {
      const next = { ...before, ...part };
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // The layout then lasts as long as the page.
      }
      return next;
    });
  }, []);
  return [layout, change];
}
