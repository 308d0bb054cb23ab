import { kindDirectory } from "#library/catalogue.ts";
import { updateAnnotation } from "#src/design/commands/update-annotation.ts";
import type { Annotation } from "#src/design/document.ts";
import { TextField } from "#src/ui/kit/text-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import styles from "./inspector.module.css";
import { useRefusal } from "./use-refusal.ts";

const titles: Readonly<Record<Annotation["type"], string>> = {
  text: "Text",
  note: "Sticky note",
  frame: "Frame",
  freehand: "Drawing",
};

export function AnnotationInspector({ annotation }: { readonly annotation: Annotation }) {
  const run = useRun();
  const { refusal, attempt } = useRefusal<string>(annotation.text);
  return (
    <div className={styles["page"]}>
      <section className={styles["section"]}>
        <h3>{titles[annotation.type]}</h3>
        {annotation.type === "freehand" ? (
          <p className={styles["quiet"]}>Drawings take no part in the computation.</p>
        ) : (
          <TextField
            label={annotation.type === "frame" ? "Title" : "Text"}
            value={refusal?.value ?? annotation.text ?? ""}
            multiline={annotation.type !== "frame"}
            {...(refusal === null ? {} : { error: refusal.reason })}
            onCommit={(text) =>
              attempt(text, () =>
                run("Edit the text", updateAnnotation, { annotation: { ...annotation, text }, kinds: kindDirectory }),
              )
            }
          />
        )}
      </section>
    </div>
  );
}
