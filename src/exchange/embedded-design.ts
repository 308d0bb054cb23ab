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

/** The design file inside an SVG; null when it holds none. */
export function readFromSvg(svg: string): string | null {
  const start = svg.indexOf(opening);
  if (start < 0) return null;
  const end = svg.indexOf(closing, start);
  if (end < 0) return null;
  const bytes = fromBase64(svg.slice(start + opening.length, end).replace(/\s+/g, ""));
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3);
    const left = bytes.length - index;
    text += alphabet.charAt(first >> 2) + alphabet.charAt(((first & 3) << 4) | (second >> 4));
    text += left > 1 ? alphabet.charAt(((second & 15) << 2) | (third >> 6)) : "=";
    text += left > 2 ? alphabet.charAt(third & 63) : "=";
  }
  return text;
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    const code = (offset: number): number => Math.max(0, alphabet.indexOf(text.charAt(index + offset)));
    const word = (code(0) << 18) | (code(1) << 12) | (code(2) << 6) | code(3);
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (word >> shift) & 255;
  }
  return bytes;
}
