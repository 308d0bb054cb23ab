/**
 * Text of a design inside Markdown (CommonMark with GitHub's tables): one line, no markup, no table break, no reference, no
 * address that becomes a link by itself.
 */
export function plainMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>|#~&!]/g, (character) => `\\${character}`)
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^([-+=])/, "\\$1")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** A table: the first column to the left, the others to the right. Cells are plain text. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(plainMarkdown).join(" | ")} |`;
  return [line(head), `|${head.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`, ...rows.map(line)];
}
