/** An element as the strict reader of these tests sees it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Text directly inside, with references resolved. */
  readonly text: string;
}

const predefined: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * All elements of a document, in order of their start tags. Throws on anything that is not well-formed XML 1.0: forbidden
 * characters, unknown references, unquoted or repeated attributes, tags that do not match, text outside the one root.
 */
export function readXml(source: string): readonly XmlElement[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(source)) throw new Error("A forbidden character");
  // Throws on a surrogate that stands alone.
  encodeURIComponent(source);
  const elements: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  let at = 0;
  let roots = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    const text = source.slice(at, next < 0 ? source.length : next);
    const holder = open.at(-1);
    if (holder === undefined && text.trim() !== "") throw new Error(`Text outside the root: ${text}`);
    if (text.includes("]]>")) throw new Error("]]> in text");
    if (holder !== undefined) holder.text += resolved(text);
    if (next < 0) break;
    const end = /^<\/([A-Za-z][\w:.-]*)\s*>/.exec(source.slice(next));
    if (end !== null) {
      if (open.pop()?.name !== end[1]) throw new Error(`</${end[1]}> closes another element`);
      at = next + end[0].length;
      continue;
    }
    const start = /^<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>/.exec(source.slice(next));
    if (start === null) throw new Error(`Not a tag: ${source.slice(next, next + 60)}`);
    const [whole, name = "", list = "", isEmpty] = start;
    const attributes = new Map<string, string>();
    for (const [, key = "", value = ""] of list.matchAll(/([A-Za-z][\w:.-]*)="([^"<]*)"/g)) {
      if (attributes.has(key)) throw new Error(`${key} twice`);
      attributes.set(key, resolved(value));
    }
    const element = { name, attributes, text: "" };
    if (open.length === 0) roots += 1;
    elements.push(element);
    if (isEmpty === "") open.push(element);
    at = next + whole.length;
  }
  if (open.length > 0 || roots !== 1) throw new Error(`${roots} roots, ${open.length} open elements`);
  return elements;
}

function resolved(text: string): string {
  const known = /&(?:(\w+)|#(\d+));/g;
  if (text.replace(known, "").includes("&")) throw new Error(`A bare ampersand: ${text}`);
  return text.replace(known, (reference, name: string | undefined, code: string | undefined) => {
    const character = name === undefined ? String.fromCodePoint(Number(code)) : predefined.get(name);
    if (character === undefined) throw new Error(`An unknown reference: ${reference}`);
    return character;
  });
}
