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

/** Text cut to a width in canvas units, by the mean width of Inter's letters at that size (about 0.54 em, wide ones more). */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, fontSize) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Estimated width of a line of Inter in canvas units. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) {
    if ("iljtf.,:;'|!()[] ".includes(character)) width += 0.31;
    else if ("mwMW@%".includes(character)) width += 0.86;
    else if (character >= "A" && character <= "Z") width += 0.68;
    else width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.575;
  }
  // A reader without Inter draws it in a wider font: a little room is kept.
  return width * fontSize * 1.06;
}
