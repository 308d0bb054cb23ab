import { catalogue } from "#library/catalogue.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { renderSvg } from "#src/exchange/drawing/render-svg.ts";
import { embedInPng } from "#src/exchange/png-design.ts";
import { reportMarkdown } from "#src/exchange/report-markdown.ts";
import { type Action, always } from "#src/session/actions.ts";
import type { Session, SessionState } from "#src/session/session.ts";
import { download, fileName } from "#src/ui/download.ts";

/** Longest side of an exported picture, in pixels: browsers draw nothing on larger ones. */
const longestSide = 8192;

/** What leaves the editor as a file. The menu of the top bar shows these in order. */
export function exportActions(session: Session): readonly Action[] {
  const current = session.store.getState;
  const needsParts = ({ design }: SessionState) => (design.nodes.size === 0 ? "The design is empty." : null);

  function drawing(): string {
    const { design, report } = current();
    return renderSvg(design, catalogue, report, { theme: "light", background: true, withSource: true });
  }

  async function downloadPng(): Promise<void> {
    const { design } = current();
    try {
      const png = await pictureOf(drawing());
      const bytes = embedInPng(new Uint8Array(await png.arrayBuffer()), printDesignFile(design));
      download(fileName(design.name, "png"), new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    } catch (error) {
      session.notify(
        "problem",
        `The picture could not be made: ${error instanceof Error ? error.message : String(error)}`,
      );
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
        const { design } = current();
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
      run: () => download(fileName(current().design.name, "svg"), drawing(), "image/svg+xml"),
    },
    {
      id: "export-png",
      name: "Download a picture (PNG)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "image"],
      disabledReason: needsParts,
      run: () => void downloadPng(),
    },
    {
      id: "export-report",
      name: "Download a report (Markdown)",
      group: "design",
      shortcuts: [],
      keywords: ["export", "document"],
      disabledReason: ({ report }) => (report === null ? "The design is not analysed yet." : null),
      run: () => {
        const { design, report } = current();
        if (report === null) return;
        download(fileName(design.name, "md"), reportMarkdown(design, catalogue, report), "text/markdown");
      },
    },
    {
      id: "save",
      name: "Save now",
      group: "design",
      shortcuts: ["Ctrl+S"],
      disabledReason: always,
      run: () => void saveNow(session),
    },
  ];
}

/** Every edit is saved by itself; asking for it stores what is left and says how it went. */
async function saveNow(session: Session): Promise<void> {
  await session.flush();
  const { state } = session.store.getState().saveState;
  if (state === "saved") session.notify("info", "Saved in this browser. Every edit is saved by itself.");
}

/** Draws an SVG at twice its size. Rejects when the browser cannot. */
async function pictureOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(2, longestSide / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("the browser gave no canvas");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error("it is too large")) : resolve(blob)), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
