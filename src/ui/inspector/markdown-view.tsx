import { useMemo } from "react";
import styles from "./inspector.module.css";
import { type Block, type Inline, readMarkdown } from "./markdown.ts";

/** A page of Markdown as elements; no text of it ever becomes markup. */
export function MarkdownView({ source }: { readonly source: string }) {
  const blocks = useMemo(() => readMarkdown(source), [source]);
  return (
    <div className={styles["markdown"]}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of one page never move.
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.type) {
    case "heading":
      return (
        <h3>
          <InlineView content={block.content} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <InlineView content={block.content} />
        </p>
      );
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of one page never move.
            <li key={index}>
              <InlineView content={item} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        <div className={styles["scroll"]}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one page never move.
                  <th key={index} scope="col">
                    <InlineView content={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one page never move.
                <tr key={index}>
                  {row.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the cells of one page never move.
                    <td key={column}>
                      <InlineView content={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function InlineView({ content }: { readonly content: readonly Inline[] }) {
  return content.map((part, index) => {
    switch (part.type) {
      case "text":
        return part.text;
      case "code":
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never move.
        return <code key={index}>{part.text}</code>;
      case "strong":
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never move.
        return <strong key={index}>{part.text}</strong>;
      case "emphasis":
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never move.
        return <em key={index}>{part.text}</em>;
      case "link":
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line never move.
          <a key={index} href={part.href} target="_blank" rel="noreferrer">
            {part.text}
          </a>
        );
    }
    return null;
  });
}
