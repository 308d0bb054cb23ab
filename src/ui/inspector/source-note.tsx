import { Info } from "lucide-react";
import type { SettingSource } from "#library/contract/kind.ts";
import { Badge } from "#src/ui/kit/badge.tsx";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { Popover } from "#src/ui/kit/popover.tsx";
import styles from "./inspector.module.css";

const confidenceWords: Readonly<Record<SettingSource["confidence"], string>> = {
  vendor: "stated by the vendor",
  secondary: "from a secondary source",
  estimate: "an estimate",
  definition: "by definition",
};

interface SourceNoteProps {
  readonly title: string;
  readonly help: string;
  /** The default as people read it; null when there is none. */
  readonly defaultText: string | null;
  readonly range: string | null;
  readonly source: SettingSource;
}

/** What a setting means, and where its default comes from. */
export function SourceNote({ title, help, defaultText, range, source }: SourceNoteProps) {
  return (
    <Popover
      label={title}
      side="left"
      trigger={
        <IconButton
          label={`About ${title.toLowerCase()}`}
          size="small"
          className={styles["mini"]}
          icon={<Info size={13} />}
        />
      }
    >
      <div className={styles["about"]}>
        <h4>{title}</h4>
        <p>{help}</p>
        {range === null ? null : <p className={styles["quiet"]}>{range}</p>}
        <p>
          {defaultText === null ? null : <b>Default {defaultText} </b>}
          <Badge tone={source.confidence === "estimate" ? "near" : "neutral"}>
            {confidenceWords[source.confidence]}
          </Badge>
        </p>
        <p className={styles["quiet"]}>
          {source.text}
          {source.date === undefined ? null : ` (${source.date})`}
        </p>
      </div>
    </Popover>
  );
}
