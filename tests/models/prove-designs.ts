import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { prepareAnalysis } from "#src/compile/analyse.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { faultsOf, isSettled, sequentialFaults } from "./check-report.ts";

/** Multiples of the largest load (of 1 where nothing limits it) at which a design is solved. */
const shares = [0.5, 0.95, 1.4];

/** Everything that a file's reports must fulfil at light, heavy and too much load; null when its call loop is refused. */
export function faultsOfFile(file: string): readonly string[] | null {
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) return [`unreadable: ${JSON.stringify(read.problem)}`];
  const prepared = prepareAnalysis(read.value, catalogue);
  if (!prepared.ok) {
    const [problem] = prepared.problem;
    return problem?.code === "unbounded-call-loop" ? null : [`not compiled: ${JSON.stringify(prepared.problem)}`];
  }
  const limit = prepared.value.breaksFirst[0]?.load ?? 1;
  const reports = shares.map((share) => fullReportAt(prepared.value, catalogue, share * limit));
  const faults = reports.flatMap((report, place) =>
    faultsOf(report).map((fault) => `at ${shares[place]} of the largest load: ${fault}`),
  );
  const [light, heavy] = reports;
  if (light === undefined || heavy === undefined) throw new Error("two loads at least");
  // What did not settle says so, and is held to no law between figures.
  const isHeld = isSettled(light) && isSettled(heavy);
  if (isHeld && !/queueLimit|maxInstances|patienceMs|timeoutMs|hedgeAfterMs|rateLimitPerSecond/.test(file)) {
    light.nodes.forEach((node, index) => {
      const later = heavy.nodes[index]?.utilization ?? 0;
      if (later < node.utilization - 1e-9)
        faults.push(`${node.id}: utilisation falls from ${node.utilization} to ${later}`);
    });
    if (!/"order"|"fallback"|scatterRatio|shardsAsked/.test(file))
      faults.push(...[light, heavy].flatMap((report) => report.journeys.flatMap(sequentialFaults)));
  }
  const again = prepareAnalysis(read.value, catalogue);
  const bytes = JSON.stringify(heavy);
  if (!again.ok) faults.push("not prepared twice");
  else faults.push(...differences(heavy, fullReportAt(again.value, catalogue, (shares[1] ?? 1) * limit), "$"));
  if (JSON.stringify(JSON.parse(bytes)) !== bytes) faults.push("JSON does not bring it back");
  return faults;
}

/**
 * What is solved again is the same: all words, and numbers but for the rounding of sums that are remembered from the loads
 * before. A run from nothing gives the same bytes (see the test of the command line).
 */
function differences(first: unknown, second: unknown, path: string): readonly string[] {
  if (typeof first === "number" && typeof second === "number") {
    const isSame = Math.abs(first - second) <= 1e-8 * Math.max(Math.abs(first), Math.abs(second), 1e-9);
    return isSame ? [] : [`not the same twice: ${path} is ${first}, then ${second}`];
  }
  if (typeof first !== "object" || first === null || typeof second !== "object" || second === null)
    return first === second ? [] : [`not the same twice: ${path} is ${String(first)}, then ${String(second)}`];
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...keys].flatMap((key) => differences(Reflect.get(first, key), Reflect.get(second, key), `${path}.${key}`));
}
