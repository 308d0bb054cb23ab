import { useCallback, useEffect, useRef, useState } from "react";
import { kindDirectory } from "#library/catalogue.ts";
import type { Design, Problem } from "#src/design/document.ts";
import { openFile } from "#src/exchange/open-file.ts";
import { FileProblems } from "#src/ui/designs/file-problems.tsx";
import styles from "./application.module.css";

interface FileOpening {
  /** Asks for files; each is opened as a new design. */
  readonly chooseFiles: () => void;
  /** The problems of a file that did not open, and the hint while one is dragged. */
  readonly element: React.ReactNode;
}

interface Refused {
  readonly file: string;
  readonly problems: readonly Problem[];
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}

/** Files chosen or dropped anywhere on the window become new designs; nothing that is open is ever replaced. */
export function useFileOpening(onAdd: (design: Design) => void): FileOpening {
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isOver, setIsOver] = useState(false);
  const depth = useRef(0);

  const open = useCallback(
    async (files: readonly File[]) => {
      for (const file of files) {
        const read = openFile(file.name, new Uint8Array(await file.arrayBuffer()), kindDirectory);
        if (read.ok) onAdd(read.value);
        else setRefused({ file: file.name, problems: read.problem });
      }
    },
    [onAdd],
  );

  useEffect(() => {
    const onDragEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setIsOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current -= 1;
      if (depth.current <= 0) setIsOver(false);
    };
    // Without this the browser would leave the page and show the file.
    const onDragOver = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setIsOver(false);
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragenter", onDragEnter);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragenter", onDragEnter);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("drop", onDrop);
    };
  }, [open]);

  const chooseFiles = useCallback(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = ".json,.svg,.png,application/json,image/svg+xml,image/png";
    input.addEventListener("change", () => void open([...(input.files ?? [])]));
    input.click();
  }, [open]);

  const element = (
    <>
      {isOver && <div className={styles["drop"]}>Drop the file to open it as a new design</div>}
      {refused !== null && <FileProblems {...refused} onClose={() => setRefused(null)} />}
    </>
  );
  return { chooseFiles, element };
}
