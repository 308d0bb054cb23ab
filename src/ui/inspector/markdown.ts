/** A piece of text within a line. */
export type Inline =
  | { readonly type: "text" | "code" | "strong" | "emphasis"; readonly text: string }
  | { readonly type: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly type: "heading"; readonly level: number; readonly content: readonly Inline[] }
  | { readonly type: "paragraph"; readonly content: readonly Inline[] }
  | { readonly type: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly type: "code"; readonly text: string }
  | {
      readonly type: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const heading = /^(#{1,6})\s+(.*)$/;
const fence = /^\s*(```|~~~)/;
const listItem = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const tableRule = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/**
 * The part of Markdown that the pages of the kinds use: headings, paragraphs, flat lists, fenced code and tables, with
 * code, strong text, emphasis and web links inside. Everything else, markup included, stays as plain text.
 */
export function readMarkdown(source: string): readonly Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const line = (offset = 0): string | undefined => lines[at + offset];

  function isBlockStart(text: string): boolean {
    return text.trim() === "" || heading.test(text) || fence.test(text) || listItem.test(text);
  }

  function takeCode(): void {
    const text: string[] = [];
    at += 1;
    for (let next = line(); next !== undefined && !fence.test(next); next = line()) {
      text.push(next);
      at += 1;
    }
    at += 1;
    blocks.push({ type: "code", text: text.join("\n") });
  }

  function takeTable(header: string): void {
    const rows: (readonly (readonly Inline[])[])[] = [];
    at += 2;
    for (let next = line(); next?.includes("|"); next = line()) {
      rows.push(cellsOf(next));
      at += 1;
    }
    blocks.push({ type: "table", head: cellsOf(header), rows });
  }

  function takeList(ordered: boolean): void {
    const items: string[] = [];
    for (let next = line(); next !== undefined; next = line()) {
      const match = listItem.exec(next);
      if (match !== null) items.push(match[2] ?? "");
      else if (next.trim() !== "" && /^\s+/.test(next)) items.push(`${items.pop() ?? ""} ${next.trim()}`);
      else break;
      at += 1;
    }
    blocks.push({ type: "list", ordered, items: items.map(readInline) });
  }

  function takeParagraph(first: string): void {
    const text = [first.trim()];
    at += 1;
    for (let next = line(); next !== undefined && !isBlockStart(next); next = line()) {
      text.push(next.trim());
      at += 1;
    }
    blocks.push({ type: "paragraph", content: readInline(text.join(" ")) });
  }

  for (let current = line(); current !== undefined; current = line()) {
    const title = heading.exec(current);
    const item = listItem.exec(current);
    if (current.trim() === "") at += 1;
    else if (fence.test(current)) takeCode();
    else if (title !== null) {
      blocks.push({ type: "heading", level: title[1]?.length ?? 1, content: readInline(title[2] ?? "") });
      at += 1;
    } else if (current.includes("|") && tableRule.test(line(1) ?? "")) takeTable(current);
    else if (item !== null) takeList(item[1] !== undefined);
    else takeParagraph(current);
  }
  return blocks;
}

function cellsOf(row: string): readonly (readonly Inline[])[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => readInline(cell.trim().replaceAll("\\|", "|")));
}

const inlinePattern = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

export function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > from) parts.push({ type: "text", text: text.slice(from, match.index) });
    const [whole, code, strong, emphasis, label, href] = match;
    if (code !== undefined) parts.push({ type: "code", text: code });
    else if (strong !== undefined) parts.push({ type: "strong", text: strong });
    else if (emphasis !== undefined) parts.push({ type: "emphasis", text: emphasis });
    else if (label !== undefined && href !== undefined && /^https?:\/\//.test(href)) {
      parts.push({ type: "link", text: label, href });
    } else parts.push({ type: "text", text: whole });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ type: "text", text: text.slice(from) });
  return parts;
}
