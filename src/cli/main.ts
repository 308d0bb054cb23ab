import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { catalogue } from "#library/catalogue.ts";
import { renderSvg } from "#src/exchange/drawing/render-svg.ts";
import { reportMarkdown } from "#src/exchange/report-markdown.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { defaultHeadroom } from "#src/insights/planner/instance-plan.ts";
import { analyze } from "./analyze-command.ts";
import { printCatalog } from "./catalog-command.ts";
import { convert, writerFor } from "./convert-command.ts";
import { exitStatus, UnusableInput } from "./failure.ts";
import { plan } from "./plan-command.ts";
import { rangesOf } from "./ranges-of.ts";
import { prepareDesign, readDesign } from "./read-design.ts";
import { printTemplates } from "./templates-command.ts";
import { writeOutput } from "./write-output.ts";

/** A name in a file must not steer the terminal: control characters are shown as what JSON writes for them. */
function visible(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const print = (text: string): void => {
  process.stdout.write(`${visible(text)}\n`);
};

function positiveLoad(text: string): number {
  const load = Number(text);
  if (!(Number.isFinite(load) && load > 0)) throw new InvalidArgumentError("expected a number above 0");
  return load;
}

function headroomShare(text: string): number {
  const share = Number(text);
  if (text.trim() === "" || !(share >= 0 && share <= 0.95)) {
    throw new InvalidArgumentError("expected a number from 0 to 0.95");
  }
  return share;
}

const reportEndings = new Map([[".md", true]]);
const drawingEndings = new Map([[".svg", true]]);

function program(): Command {
  const root = new Command("plimsoll")
    .description("Analyse architecture designs: load, latency, what breaks first")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  root
    .command("analyze")
    .description("solve a design with the analytic engine")
    .argument("<file>", "design file (.plimsoll.json), or a picture exported with its design")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .option("--scenario <id>", "a scenario of the file")
    .option("--check", "exit with 1 when a target is missed")
    .option("--json", "print the analysis as one JSON object")
    .action((file: string, options) => {
      process.exitCode = analyze(file, options, print);
    });
  root
    .command("plan")
    .description("find the least instances that keep the headroom and the latency targets")
    .argument("<file>", "design file")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .option("--headroom <share>", "share of each part that stays free", headroomShare, defaultHeadroom)
    .option("--reduce", "take away what is not needed as well")
    .option("--check", "exit with 1 when a target or the headroom cannot be met")
    .option("--json", "print the plan as one JSON object")
    .action((file: string, options) => {
      process.exitCode = plan(file, options, print);
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
      writerFor(options.out, reportEndings);
      const design = readDesign(file);
      const report = fullReportAt(prepareDesign(file, design, options.scenario), catalogue, options.load);
      const certainty = rangesOf(file, design, options.load, options.scenario);
      writeOutput(options.out, reportMarkdown(design, catalogue, report, certainty), options.force === true);
    });
  root
    .command("render")
    .description("draw a design")
    .argument("<file>", "design file")
    .requiredOption("--out <file>", "where to write (.svg)")
    .option("--load <multiple>", "multiple of the declared load", positiveLoad, 1)
    .addOption(new Option("--theme <theme>", "colours").choices(["light", "dark"]).default("light"))
    .option("--force", "replace an existing file")
    .action((file: string, options: { out: string; load: number; theme: string; force?: boolean }) => {
      writerFor(options.out, drawingEndings);
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
    .command("convert")
    .description("write what a file holds in another form")
    .argument("<in>", "design file, or an SVG or PNG that was exported with its design")
    .argument("<out>", "where to write (.json, .svg, .md)")
    .option("--force", "replace an existing file")
    .action((input: string, output: string, options: { force?: boolean }) => {
      convert(input, output, options.force === true);
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

// A reader that has seen enough (`| head`) closes the pipe: that is no failure of the command.
process.stdout.on("error", (error: Error) => {
  if (!("code" in error && error.code === "EPIPE")) throw error;
  process.exit();
});

try {
  await program().parseAsync(process.argv);
} catch (error) {
  if (error instanceof UnusableInput) {
    process.stderr.write(`${visible(error.lines.join("\n"))}\n`);
    process.exitCode = exitStatus.unusableInput;
  } else if (error instanceof CommanderError) {
    // Help and version end with 0; anything else was a call that cannot be understood.
    process.exitCode = error.exitCode === 0 ? exitStatus.done : exitStatus.unusableInput;
  } else {
    throw error;
  }
}
