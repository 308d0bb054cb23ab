/** Text as XML content or attribute value: markup is escaped, characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
  let safe = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const allowed =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && code < 0xd800) ||
      (code > 0xdfff && code < 0xfffe) ||
      code > 0xffff;
    if (!allowed) continue;
    safe += escapes.get(character) ?? character;
  }
  return safe;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/** Text cut to a width in canvas units. */
export function fitText(text: string, fontSize: number, width: number, weight: FontWeight = 400): string {
  if (textWidth(text, fontSize, weight) <= width) return text;
  let kept = "";
  let used = textWidth("…", fontSize, weight);
  for (const character of text) {
    used += textWidth(character, fontSize, weight);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

export type FontWeight = 400 | 600;

/** Advance widths of Inter for the characters from space to tilde, in hundredths of the font size. */
const advances: Readonly<Record<FontWeight, readonly number[]>> = {
  400: [
    28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57, 62, 62, 29, 30, 66,
    66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76, 64, 76, 64, 64, 65, 74, 69, 99, 68, 68,
    63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61, 59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53, 33, 59, 56,
    82, 55, 56, 55, 43, 33, 43, 66,
  ],
  600: [
    25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 42, 62, 64, 67, 61, 64, 58, 64, 64, 32, 33, 67,
    67, 67, 54, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102, 72,
    71, 65, 37, 38, 37, 48, 47, 35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61,
    59, 84, 57, 59, 57, 45, 36, 45, 67,
  ],
};
const firstCharacter = 32;
/** Letters with accents are as wide as those without; what comes after the alphabets is drawn on a square. */
const otherLetter = 62;
const square = 105;
const firstSquare = 0x2e80;
/** A reader without Inter draws in a font that may be a little wider. */
const allowance = 1.03;

/** Estimated width of a line of Inter in canvas units; without kerning. */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 400): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0x202f) width += 14;
    else if (code === 0xa0) width += 28;
    else width += advances[weight][code - firstCharacter] ?? (code < firstSquare ? otherLetter : square);
  }
  return (width / 100) * fontSize * allowance;
}

/** Lines of a text broken at spaces and line ends to a width in canvas units; words wider than that are cut. */
export function wrapText(text: string, fontSize: number, width: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|\r|\n/)) {
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (textWidth(longer, fontSize) <= width) {
        line = longer;
      } else {
        if (line !== "") lines.push(line);
        line = fitText(word, fontSize, width);
      }
      if (lines.length > mostLines) break;
    }
    lines.push(line);
    if (lines.length > mostLines) break;
  }
  if (lines.length <= mostLines) return lines;
  const kept = lines.slice(0, mostLines);
  const last = kept.pop() ?? "";
  return [...kept, fitText(`${last} ${lines[mostLines] ?? ""}…`, fontSize, width)];
}

/** A number as attribute text: at most two decimals, never an exponent in the range of the canvas. */
export function num(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}
