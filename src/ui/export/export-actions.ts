import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { type Action, always } from "#src/session/actions.ts";
import type { Session, SessionState } from "#src/session/session.ts";
import { download, fileName } from "#src/ui/download.ts";

type Files = typeof import("./export-files.ts");

/** What leaves the editor as a file or over the clipboard. The writers are loaded when the first one is asked for. */
export function exportActions(session: Session): readonly Action[] {
  const needsParts = ({ design }: SessionState) => (design.nodes.size === 0 ? "The design is empty." : null);
  const needsReport = ({ report }: SessionState) => (report === null ? "The design is not analysed yet." : null);

  async function run(write: (files: Files, state: SessionState) => string | Promise<string>): Promise<void> {
    try {
      const said = await write(await import("./export-files.ts"), session.store.getState());
      if (said !== "") session.notify("info", said);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      session.notify("problem", `This could not be exported. ${why}`);
    }
  }

  return [
    {
      id: "export-file",
      name: "Download the design file",
      group: "design",
      shortcuts: ["Ctrl+Shift+S"],
      keywords: ["export", "save", "json", "backup"],
      disabledReason: always,
      run: () => {
        const { design } = session.store.getState();
        download(fileName(design.name, "plimsoll.json"), printDesignFile(design));
      },
    },
    {
      id: "export-svg",
      name: "Download a drawing (SVG)",
      group: "design",
      shortcuts: ["Ctrl+Shift+E"],
      keywords: ["export", "image", "vector"],
      disabledReason: needsParts,
      run: () => void run((files, state) => files.downloadDrawing(state)),
    },
    {
      id: "export-png",
      name: "Download a picture (PNG)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "image"],
      disabledReason: needsParts,
      run: () => void run((files, state) => files.downloadPicture(state, 1)),
    },
    {
      id: "export-png-2",
      name: "Download a picture of twice the size (PNG)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "image", "retina", "2x", "large"],
      disabledReason: needsParts,
      run: () => void run((files, state) => files.downloadPicture(state, 2)),
    },
    {
      id: "export-report",
      name: "Download a report (Markdown)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "document"],
      disabledReason: needsReport,
      run: () => void run((files, state) => files.downloadReport(state)),
    },
    {
      id: "export-copy-png",
      name: "Copy as a picture (PNG)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "clipboard", "image"],
      disabledReason: needsParts,
      run: () => void run((files, state) => files.copyPicture(state)),
    },
    {
      id: "export-copy-svg",
      name: "Copy as a drawing (SVG)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "clipboard", "vector"],
      disabledReason: needsParts,
      run: () => void run((files, state) => files.copyDrawing(state)),
    },
  ];
}
