import { fromBase64, toBase64 } from "./base64.ts";

/**
 * The design file inside a picture. In SVG it stands in `<metadata>` as base64 text (readers of the picture ignore it, screen
 * readers do not read it out); in PNG in an iTXt chunk. Reading never inserts anything into a page.
 */
const opening = '<metadata><plimsoll xmlns="https://plimsoll.example/design" encoding="base64">';
const closing = "</plimsoll></metadata>";

/** The same SVG with the design file in it, as the first child after the title. */
export function embedInSvg(svg: string, designFile: string): string {
  const place = svg.indexOf("</title>");
  if (place < 0) throw new Error("The drawing has no title");
  const at = place + "</title>".length;
  return `${svg.slice(0, at)}\n${opening}${toBase64(new TextEncoder().encode(designFile))}${closing}${svg.slice(at)}`;
}

/** The design file inside an SVG; null when it holds none or what it holds is damaged. */
export function readFromSvg(svg: string): string | null {
  const start = svg.indexOf(opening);
  if (start < 0) return null;
  const end = svg.indexOf(closing, start);
  if (end < 0) return null;
  const bytes = fromBase64(svg.slice(start + opening.length, end).replace(/\s+/g, ""));
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
