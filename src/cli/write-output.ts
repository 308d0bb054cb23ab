import { writeFileSync } from "node:fs";
import { UnusableInput } from "./failure.ts";

/** Writes a new file; an existing one is only replaced with `force`. */
export function writeOutput(file: string, content: string | Uint8Array, force: boolean): void {
  try {
    writeFileSync(file, content, { flag: force ? "w" : "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const why = code === "EEXIST" ? "exists already" : `cannot be written (${code})`;
    throw new UnusableInput([`${file}: $: ${why}; expected a new file name${code === "EEXIST" ? ", or --force" : ""}`]);
  }
}
