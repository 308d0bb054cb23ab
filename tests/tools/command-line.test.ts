import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "./support/processes.mjs";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-caller-"));
  cpSync(join(root, "tests", "stored-designs", "v1-smallest.plimsoll.json"), join(folder, "mine.plimsoll.json"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As a caller in another folder would: npm runs the script in the checkout, the file lies where the caller stands. */
function plimsoll(...args: readonly string[]) {
  return spawnSync("npm", ["--prefix", root, "run", "--silent", "plimsoll", "--", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, npm_config_loglevel: "silent" },
  });
}

describe("npm run --silent plimsoll", () => {
  it("prints the command's output alone, for a file named from where the caller stands", () => {
    const { stdout, status } = plimsoll("analyze", "mine.plimsoll.json", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ format: "plimsoll-analysis", version: 1 });
    expect(status).toBe(0);
  });

  it("gives the same bytes in every run", () => {
    const [first, second] = [1, 2].map(() => plimsoll("analyze", "mine.plimsoll.json", "--json").stdout);
    expect(first?.length).toBeGreaterThan(100);
    expect(second).toBe(first);
  });

  it("passes the exit status on", () => {
    const { stdout, stderr, status } = plimsoll("analyze", "absent.plimsoll.json", "--json");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("absent.plimsoll.json");
  });
});
