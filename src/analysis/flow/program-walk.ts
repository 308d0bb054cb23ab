import { assertNever } from "#src/base/assert-never.ts";
import type { Program } from "../model/program.ts";

/** Every operation of a program, a parent before its parts. */
export function eachStep(program: Program, visit: (step: Program) => void): void {
  visit(program);
  for (const part of partsOf(program)) eachStep(part, visit);
}

/** The programs directly inside an operation. */
export function partsOf(program: Program): readonly Program[] {
  switch (program.op) {
    case "sequence":
      return program.steps;
    case "hold":
      return [program.body];
    case "parallel":
      return program.branches;
    case "choice":
    case "route":
      return program.options.map((option) => option.step);
    case "repeat":
      return [program.step];
    case "lookup":
      return [program.hit, program.miss];
    case "fallback":
      return [program.attempt, program.otherwise];
    case "work":
    case "delay":
    case "call":
    case "send":
    case "reject":
    case "limit":
      return [];
    default:
      return assertNever(program, "program");
  }
}

/** Calls that an operation itself makes; `waited` tells whether their answer is waited for. */
export function callsOf(step: Program): readonly { readonly call: number; readonly waited: boolean }[] {
  if (step.op === "call") return [{ call: step.call, waited: true }];
  if (step.op === "send") return [{ call: step.call, waited: false }];
  if (step.op === "lookup") {
    return [
      { call: step.callOnHit, waited: true },
      { call: step.callOnMiss, waited: true },
    ];
  }
  return [];
}
