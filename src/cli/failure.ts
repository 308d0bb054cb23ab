import type { Problem } from "#src/design/document.ts";

/** Exit statuses of the command line. */
export const exitStatus = { done: 0, targetMissed: 1, unusableInput: 2 } as const;

/** Input that cannot be used: one line a fault on standard error, exit status 2. */
export class UnusableInput extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "UnusableInput";
    this.lines = lines;
  }
}

/** One line a fault: file with its place, JSON path, what is wrong, what was expected. */
export function faultLine(file: string, problem: Problem): string {
  const place = problem.line === undefined ? "" : `:${problem.line}:${problem.column ?? 1}`;
  const message = problem.message.replace(/\.$/, "");
  return `${file}${place}: ${problem.path}: ${message}; expected ${problem.expected}`;
}
