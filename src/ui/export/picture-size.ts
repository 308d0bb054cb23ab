/** Browsers draw nothing on a canvas with a longer side. */
export const longestSide = 16_384;
/** Pixels that fit into memory on most machines, at four bytes each. */
export const mostPixels = 100_000_000;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Size in pixels of a drawing at a scale, or at the largest one that browsers can draw. */
export function pictureSize(width: number, height: number, wanted: number): PictureSize {
  const scale = Math.min(wanted, longestSide / Math.max(width, height), Math.sqrt(mostPixels / (width * height)));
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
    scale,
  };
}
