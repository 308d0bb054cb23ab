import { fail, type Result } from "#src/base/result.ts";
import type { Design, Problem } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import { readFromSvg } from "./embedded-design.ts";
import { isPng, readFromPng } from "./png-design.ts";

const largestFileBytes = 50_000_000;

/** A dropped or chosen file: a design file, or a picture with its design inside. What it is shows in its bytes, not its name. */
export function openFile(name: string, bytes: Uint8Array, kinds: KindDirectory): Result<Design, readonly Problem[]> {
  if (bytes.length > largestFileBytes) {
    return refuse("too-large", `"${name}" has ${bytes.length} bytes.`, "a file of at most 50 MB");
  }
  if (isPng(bytes)) {
    const inside = readFromPng(bytes);
    return inside === null
      ? refuse("syntax", `The picture "${name}" holds no design.`, "a PNG that was exported with its design")
      : readDesignFile(inside, kinds);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse(
      "syntax",
      `"${name}" is not text.`,
      "a .plimsoll.json file, or an SVG or PNG that was exported with its design",
    );
  }
  // A design file is JSON and never begins like markup.
  if (/^\s*</.test(text)) {
    const inside = readFromSvg(text);
    return inside === null
      ? refuse("syntax", `The picture "${name}" holds no design.`, "an SVG that was exported with its design")
      : readDesignFile(inside, kinds);
  }
  return readDesignFile(text, kinds);
}

function refuse(code: Problem["code"], message: string, expected: string): Result<Design, readonly Problem[]> {
  return fail([{ code, path: "$", message, expected }]);
}
