import { kindDirectory } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { type Template, templates } from "#src/exchange/templates/templates.ts";
import styles from "./designs.module.css";
import { Thumbnail } from "./thumbnail.tsx";

interface TemplateGalleryProps {
  readonly onChoose: (design: Design) => void;
  readonly onProblem: (message: string) => void;
}

async function designOf(template: Template): Promise<Design | null> {
  const read = readDesignFile(await template.load(), kindDirectory);
  return read.ok ? read.value : null;
}

/** Designs to start from. One click opens a new one, analysed. */
export function TemplateGallery({ onChoose, onProblem }: TemplateGalleryProps) {
  async function choose(template: Template): Promise<void> {
    const design = await designOf(template).catch(() => null);
    if (design === null) onProblem(`The template "${template.title}" could not be loaded. Load the page again.`);
    else onChoose(design);
  }
  return (
    <ul className={styles["grid"]}>
      {templates.map((template) => (
        <li key={template.id} className={styles["card"]}>
          <button type="button" className={styles["open"]} onClick={() => void choose(template)}>
            <Thumbnail version={`template ${template.id}`} load={() => designOf(template)} />
            <span className={styles["template"]}>
              <strong>{template.title}</strong>
              <span>{template.summary}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
