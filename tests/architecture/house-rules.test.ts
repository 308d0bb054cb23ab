import { describe, expect, it } from "vitest";
import { houseRules } from "./house-rules.ts";
import { projectFiles, readProjectFile } from "./project-files.ts";
import { acceptedLines, rejectedLines } from "./rejected-lines.ts";

function reasonsFor(file: string, text: string): readonly string[] {
  return houseRules
    .filter((rule) => rule.appliesTo(file))
    .flatMap((rule) => rule.check(file, text).map(({ why }) => why));
}

describe("the house rules, on this tree", () => {
  it.each(houseRules)("$name", ({ appliesTo, check }) => {
    const files = projectFiles.filter(appliesTo);
    expect(files.length).toBeGreaterThan(50);
    const findings = files.flatMap((file) =>
      check(file, readProjectFile(file)).map(({ line, why }) => `${file}:${line} ${why}`),
    );
    expect(findings).toEqual([]);
  });
});

describe("the house rules, on examples", () => {
  it.each(rejectedLines)("refuse in $file: $line", ({ file, line, why }) => {
    expect(reasonsFor(file, `\n${line}\n`)).toContainEqual(expect.stringContaining(why));
  });

  it.each(acceptedLines)("allow in $file: $line", ({ file, line }) => {
    expect(reasonsFor(file, `${line}\n`)).toEqual([]);
  });
});
