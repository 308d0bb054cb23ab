import { toBase64 } from "#src/exchange/base64.ts";
import { fontFilesFor } from "#src/ui/kit/font-files.ts";
import { type PictureSize, pictureSize } from "./picture-size.ts";

export interface Picture extends PictureSize {
  readonly png: Blob;
}

/** Draws a drawing of ours as PNG, with the application's own font. Rejects when the browser cannot draw it. */
export async function rasterise(svg: string, scale: number): Promise<Picture> {
  const url = URL.createObjectURL(new Blob([await withFonts(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const size = pictureSize(image.naturalWidth, image.naturalHeight, scale);
    const canvas = document.createElement("canvas");
    canvas.width = size.width;
    canvas.height = size.height;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("The browser gives no canvas of this size.");
    context.drawImage(image, 0, 0, size.width, size.height);
    return { ...size, png: await pngOf(canvas) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The browser cannot draw a picture of this size."));
      else resolve(blob);
    }, "image/png");
  });
}

/** A picture loads nothing by itself: fonts have to be inside it. */
async function withFonts(svg: string): Promise<string> {
  const faces = await Promise.all(fontFilesFor(svg).map(fontFace));
  // A face each under its own name: of two faces of one family, only the later would be used.
  const families = [...faces.keys()].map((index) => `"Drawing ${index}"`);
  const rules = faces.map((face, index) => `@font-face{font-family:${families[index]};${face}}`);
  return svg.replace(
    "<defs>",
    `<style>${rules.join("")}text{font-family:${families.join(",")},sans-serif}</style><defs>`,
  );
}

async function fontFace(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error("The font of the picture could not be loaded.");
  const data = toBase64(new Uint8Array(await response.arrayBuffer()));
  return `font-weight:100 900;src:url(data:font/woff2;base64,${data}) format("woff2")`;
}
