import { catalogue } from "#library/catalogue.ts";
import type { Design } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { renderSvg } from "#src/exchange/drawing/render-svg.ts";
import { reportMarkdown } from "#src/exchange/report-markdown.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { UnusableInput } from "./failure.ts";
import { rangesOf } from "./ranges-of.ts";
import { prepareDesign, readDesign } from "./read-design.ts";
import { writeOutput } from "./write-output.ts";

type Writer = (file: string, design: Design) => string;

const reportOf = (file: string, design: Design) => fullReportAt(prepareDesign(file, design, undefined), catalogue, 1);

/** What is written, by the ending of the file name. */
const writers: ReadonlyMap<string, Writer> = new Map([
  [".json", (_, design) => printDesignFile(design)],
  [
    ".svg",
    (file, design) =>
      renderSvg(design, catalogue, reportOf(file, design), { theme: "light", background: true, withSource: true }),
  ],
  [
    ".md",
    (file, design) => reportMarkdown(design, catalogue, reportOf(file, design), rangesOf(file, design, 1, undefined)),
  ],
]);

/** Writes what a file holds in another form. What is read shows in its bytes; what is written, in the name. */
export function convert(input: string, output: string, force: boolean): void {
  const writer = writerFor(output, writers);
  writeOutput(output, writer(input, readDesign(input)), force);
}

/** The entry for a file's ending; unusable input when there is none. */
export function writerFor<Entry>(file: string, known: ReadonlyMap<string, Entry>): Entry {
  const ending = /\.[a-z]+$/.exec(file.toLowerCase())?.[0] ?? "";
  const found = known.get(ending);
  if (found === undefined) {
    throw new UnusableInput([`${file}: $: this ending is not written; expected ${[...known.keys()].join(", ")}`]);
  }
  return found;
}
