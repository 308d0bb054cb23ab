import { Command, CommanderError, InvalidArgumentError } from "commander";
import { catalogue } from "#library/catalogue.ts";
import { renderSvg } from "#src/exchange/drawing/render-svg.ts";
import { reportMarkdown } from "#src/exchange/report-markdown.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { analyze } from "./analyze-command.ts";
import { printCatalog } from "./catalog-command.ts";
import { exitStatus, UnusableInput } from "./failure.ts";
import { prepareDesign, readDesign } from "./read-design.ts";
import { printTemplates } from "./templates-command.ts";
import { writeOutput } from "./write-output.ts";

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function positiveLoad(text: string): number {
  const load = Number(text);
  if (!(Number.isFinite(load) && load > 0)) throw new InvalidArgumentError("expected a number above 0");
  return load;
}

function endingOf(file: string): string {
  return /\.[a-z]+$/.exec(file.toLowerCase())?.[0] ?? "";
}

function refuseEnding(file: string, known: string): never {
  throw new UnusableInput([`${file}: $: this ending is not written; expected ${known}`]);
}

function program(): Command {
  const root = new Command("plimsoll")
    .description("Analyse architecture designs: load, latency, what breaks first")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  root
    .command("analyze")
    .description("solve a design with the analytic engine")
    .argument("<file>", "design file (.plimsoll.json)")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .option("--scenario <id>", "a scenario of the file")
    .option("--check", "exit with 1 when a target is missed")
    .option("--json", "print the analysis as one JSON object")
    .action((file: string, options) => {
      process.exitCode = analyze(file, options, print);
    });
  root
    .command("report")
    .description("write a report with picture, assumptions, results and findings")
    .argument("<file>", "design file")
    .requiredOption("--out <file>", "where to write (.md)")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .option("--scenario <id>", "a scenario of the file")
    .option("--force", "replace an existing file")
    .action((file: string, options: { out: string; load: number; scenario?: string; force?: boolean }) => {
      if (endingOf(options.out) !== ".md") refuseEnding(options.out, ".md");
      const design = readDesign(file);
      const report = fullReportAt(prepareDesign(file, design, options.scenario), catalogue, options.load);
      writeOutput(options.out, reportMarkdown(design, catalogue, report), options.force === true);
    });
  root
    .command("render")
    .description("draw a design")
    .argument("<file>", "design file")
    .requiredOption("--out <file>", "where to write (.svg)")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .option("--theme <theme>", "light or dark", "light")
    .option("--force", "replace an existing file")
    .action((file: string, options: { out: string; load: number; theme: string; force?: boolean }) => {
      if (endingOf(options.out) !== ".svg") refuseEnding(options.out, ".svg");
      const design = readDesign(file);
      const report = fullReportAt(prepareDesign(file, design, undefined), catalogue, options.load);
      const theme = options.theme === "dark" ? "dark" : "light";
      writeOutput(
        options.out,
        renderSvg(design, catalogue, report, { theme, background: true, withSource: true }),
        options.force === true,
      );
    });
  root
    .command("catalog")
    .description("list the component kinds with settings, units, defaults and sources")
    .option("--json", "print one JSON object")
    .action((options: { json?: boolean }) => printCatalog(options.json === true, print));
  root
    .command("templates")
    .description("list the template designs, or print one as a design file")
    .argument("[name]", "id of a template")
    .option("--json", "print one JSON object")
    .action((name: string | undefined, options: { json?: boolean }) =>
      printTemplates(name, options.json === true, print),
    );
  return root;
}

try {
  await program().parseAsync(process.argv);
} catch (error) {
  if (error instanceof UnusableInput) {
    process.stderr.write(`${error.lines.join("\n")}\n`);
    process.exitCode = exitStatus.unusableInput;
  } else if (error instanceof CommanderError) {
    // Help and version end with 0; anything else was a call that cannot be understood.
    process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.unusableInput;
  } else {
    throw error;
  }
}
