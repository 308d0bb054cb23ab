import type { Program } from "#src/analysis/model/program.ts";
import type { ComponentKind } from "./kind.ts";
import type { OutgoingCall, VisitContext } from "./visit.ts";

interface RecordedVisit {
  readonly operation?: "read" | "write";
  readonly outcome?: "hit" | "miss" | null;
  readonly outgoing?: readonly OutgoingCall[];
}

const oneServerBehind: readonly OutgoingCall[] = [
  { edgeId: "e1", targetId: "behind", targetRole: "server", weight: 1 },
];

/**
 * The visit of a kind as one line of text, for tests: `serve(route hash)`, `serve() then deliver each`. It stands in for the
 * compiler: every program that it hands out carries its own name, and what the kind makes of them is read back.
 */
export function recordVisit(kind: ComponentKind, raw: unknown, visit: RecordedVisit = {}): string | null {
  const names = new WeakMap<Program, string>();
  const named = (name: string): Program => {
    const program: Program = { op: "sequence", steps: [] };
    names.set(program, name);
    return program;
  };
  const read = (program: Program): string => names.get(program) ?? readProgram(program, read);
  const context: Omit<VisitContext<unknown>, "settings"> = {
    operation: visit.operation ?? "read",
    journeyId: "journey",
    outcome: visit.outcome ?? null,
    hitRatio: null,
    refreshRatio: null,
    outgoing: visit.outgoing ?? oneServerBehind,
    serve: (after, parts = 1) =>
      named(`serve(${after === undefined ? "" : read(after)})${parts === 1 ? "" : ` in ${parts} parts`}`),
    callsInOrder: () => named("calls in order"),
    routeToOne: (policy) => named(`route ${policy}`),
    askAll: () => named("ask all"),
    callsForOutcome: (hitRatio) => named(`calls by outcome at ${Number(hitRatio.toPrecision(4))}`),
    deliver: (to) => named(`deliver ${to}`),
    replicate: (synchronous) => named(synchronous ? "replicate and wait" : "replicate"),
    sequence: (...steps) => named(steps.map(read).join(" then ")),
    nothing: () => named("nothing"),
  };
  const program = kind.visit(raw, context);
  return program === null ? null : read(program);
}

/** Only what a kind may build by itself from the programs it gets; linked operations belong to the compiler. */
function readProgram(program: Program, read: (program: Program) => string): string {
  switch (program.op) {
    case "sequence":
      return program.steps.map(read).join(" then ");
    case "choice":
      return `(${program.options.map(({ probability, step }) => `${Number(probability.toPrecision(4))}: ${read(step)}`).join(" or ")})`;
    default:
      throw new Error(`A kind may not build "${program.op}" by itself.`);
  }
}
