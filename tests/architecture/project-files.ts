import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/support/processes.mjs";

/** Folders that hold nothing of the project's own. */
const foreign = new Set(["node_modules", "dist", ".git", ".cache", "test-results", "playwright-report", "coverage"]);

/** Paths of all files of the project, from the checkout, with `/` between folders. */
export const projectFiles: readonly string[] = list("");

export const projectTree: ReadonlySet<string> = new Set(projectFiles);

/** Code and styles that the folder rules speak about. */
export const houseFiles: readonly string[] = projectFiles.filter(
  (path) => /^(?:src|component-library)\//.test(path) && /\.(?:ts|tsx|css|html)$/.test(path),
);

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : list(path);
    return entry.isFile() ? [path] : [];
  });
}
