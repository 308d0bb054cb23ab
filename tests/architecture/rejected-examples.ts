/** A line that a rule must refuse, the file that it would stand in, and the reason that the rule must give. */
export interface Example {
  readonly file: string;
  readonly line: string;
  readonly why: string;
}

/** The tree in which the lines below are looked up; it is made up, so that the examples outlive the files of the day. */
export const exampleTree: ReadonlySet<string> = new Set([
  "package.json",
  "component-library/catalogue.ts",
  "component-library/views.ts",
  "component-library/contract/kind.ts",
  "component-library/cache/definition.ts",
  "component-library/cache/settings.ts",
  "component-library/cache/view.tsx",
  "component-library/queue/settings.ts",
  "component-library/queue/view.tsx",
  "src/base/result.ts",
  "src/base/result.test.ts",
  "src/design/document.ts",
  "src/analysis/model/station.ts",
  "src/compile/compile.ts",
  "src/insights/findings.ts",
  "src/exchange/mermaid.ts",
  "src/interview/rubric.ts",
  "src/session/store.ts",
  "src/adapters/storage/database.ts",
  "src/adapters/workers/client.ts",
  "src/adapters/workers/analysis.worker.ts",
  "src/ui/kit/button.tsx",
  "src/ui/theme.ts",
  "src/ui/canvas/canvas.tsx",
  "src/ui/palette/palette.tsx",
  "src/ui/palette/palette.css",
  "src/app/main.ts",
  "public/theme.js",
  "tests/tools/browser.mjs",
]);

export const rejectedImports: readonly Example[] = [
  {
    file: "src/base/random.ts",
    line: `import { find } from "#src/design/document.ts";`,
    why: "base may not import design",
  },
  {
    file: "src/design/ids.ts",
    line: `import type { Station } from "../analysis/model/station.ts";`,
    why: "design may not import analysis",
  },
  {
    file: "src/design/ids.ts",
    line: `import { type Station } from "#src/analysis/model/station.ts";`,
    why: "design may not import analysis",
  },
  {
    file: "src/analysis/flow/traffic.ts",
    line: `export { compile } from "../../compile/compile.ts";`,
    why: "analysis may not import compile",
  },
  {
    file: "src/analysis/flow/traffic.ts",
    line: `export type * from "#library/contract/kind.ts";`,
    why: "analysis may not import contract",
  },
  {
    file: "src/analysis/flow/traffic.ts",
    line: `type Kind = import("#library/contract/kind.ts").Kind;`,
    why: "analysis may not import contract",
  },
  {
    file: "src/analysis/flow/traffic.ts",
    line: `import { array } from "valibot";`,
    why: "analysis may not use the package valibot",
  },
  {
    file: "component-library/contract/kind.ts",
    line: `const kinds = import.meta.glob("../*/definition.ts", { eager: true });`,
    why: "contract may not import kind",
  },
  {
    file: "component-library/cache/definition.ts",
    line: `import { settings } from "../queue/settings.ts";`,
    why: "cache and queue are siblings",
  },
  {
    file: "component-library/cache/view.tsx",
    line: `import { View } from "#library/queue/view.tsx";`,
    why: "cache and queue are siblings",
  },
  {
    file: "component-library/cache/view.tsx",
    line: `import { settings } from "#library/queue/settings.ts";`,
    why: "cache and queue are siblings",
  },
  {
    file: "component-library/cache/behaviour.ts",
    line: `import { View } from "./view.tsx";`,
    why: "kind may not import view",
  },
  {
    file: "component-library/cache/behaviour.ts",
    line: `import { useState } from "react";`,
    why: "kind may not use the package react",
  },
  {
    file: "src/compile/resolve.ts",
    line: `const { catalogue } = await import("#library/catalogue.ts");`,
    why: "compile may not import catalogue",
  },
  {
    file: "src/insights/explain.ts",
    line: `import { print } from "#src/exchange/mermaid.ts";`,
    why: "insights may not import exchange",
  },
  {
    file: "src/exchange/drawing.ts",
    line: `import { readFileSync } from "node:fs";`,
    why: "exchange may not use the package node:fs",
  },
  {
    file: "src/interview/drill.ts",
    line: `import { store } from "../session/store.ts";`,
    why: "interview may not import session",
  },
  {
    file: "src/session/history.ts",
    line: `import { client } from "#src/adapters/workers/client.ts";`,
    why: "session may not import adapters",
  },
  {
    file: "src/session/history.ts",
    line: `const worker = new URL("../adapters/workers/analysis.worker.ts", import.meta.url);`,
    why: "session may not import adapters",
  },
  {
    file: "src/adapters/workers/client.ts",
    line: `import { database } from "../storage/database.ts";`,
    why: "workers and storage are siblings",
  },
  {
    file: "src/adapters/workers/client.ts",
    line: `import Dexie from "dexie";`,
    why: "adapters may not use the package dexie",
  },
  {
    file: "src/ui/kit/gauge.tsx",
    line: `import { Canvas } from "../canvas/canvas.tsx";`,
    why: "ui-kit may not import ui",
  },
  {
    file: "src/ui/palette/palette.tsx",
    line: `import { Canvas } from "../canvas/canvas.tsx";`,
    why: "palette and canvas are siblings",
  },
  {
    file: "src/ui/palette/palette.tsx",
    line: `import { useStore } from "@xyflow/react";`,
    why: "ui may not use the package @xyflow/react",
  },
  {
    file: "src/ui/canvas/canvas.css",
    line: `@import "../palette/palette.css";`,
    why: "canvas and palette are siblings",
  },
  {
    file: "src/ui/theme.ts",
    line: `import { Palette } from "./palette/palette.tsx";`,
    why: "ui-shared may not import ui",
  },
  {
    file: "src/ui/canvas/canvas.tsx",
    line: `import { database } from "#src/adapters/storage/database.ts";`,
    why: "ui may not import adapters",
  },
  {
    file: "src/cli/main.ts",
    line: `import { Button } from "#src/ui/kit/button.tsx";`,
    why: "cli may not import ui-kit",
  },
  {
    file: "src/cli/main.ts",
    line: `import { provideBrowser } from "../../tests/tools/browser.mjs";`,
    why: "leaves the house",
  },
  {
    file: "src/compile/resolve.ts",
    line: `const kind = await import("#library/" + name + "/definition.ts");`,
    why: "is computed",
  },
  {
    file: "src/compile/resolve.ts",
    line: `import { missing } from "./missing.ts";`,
    why: "does not exist",
  },
  {
    file: "component-library/catalogue.ts",
    line: `const none = import.meta.glob("./*/definitions.ts");`,
    why: "matches no file",
  },
  {
    file: "src/compile/resolve.ts",
    line: `import { document } from "#design/document.ts";`,
    why: "alias that package.json does not declare",
  },
  {
    file: "src/base/format.ts",
    line: `import { sample } from "./result.test.ts";`,
    why: "is a test",
  },
  {
    file: "src/base/format.test.ts",
    line: `import { find } from "#src/design/document.ts";`,
    why: "base may not import design",
  },
  {
    file: "src/index.html",
    line: `<script src="/gone.js"></script>`,
    why: "does not exist",
  },
  {
    file: "src/helpers/misc.ts",
    line: `export const misc = 1;`,
    why: "belongs to no zone",
  },
];

/** Their neighbours that the rules must let through, so that a rule that refuses everything fails too. */
export const acceptedImports: readonly Omit<Example, "why">[] = [
  { file: "src/design/ids.ts", line: `import { succeed } from "#src/base/result.ts";` },
  { file: "src/design/ids.ts", line: `import { string } from "valibot";` },
  { file: "src/base/format.test.ts", line: `import { expect } from "vitest";` },
  {
    file: "component-library/catalogue.ts",
    line: `const kinds = import.meta.glob("./*/definition.ts", { eager: true });`,
  },
  { file: "component-library/views.ts", line: `const views = import.meta.glob("./*/view.tsx");` },
  { file: "component-library/cache/view.tsx", line: `import { settings } from "./settings.ts";` },
  { file: "src/insights/findings.ts", line: `import { catalogue } from "#library/catalogue.ts";` },
  { file: "src/adapters/storage/database.ts", line: `import Dexie from "dexie";` },
  { file: "src/adapters/workers/client.ts", line: `const url = new URL("./analysis.worker.ts", import.meta.url);` },
  { file: "src/ui/canvas/canvas.tsx", line: `import { ReactFlow } from "@xyflow/react";` },
  { file: "src/ui/canvas/canvas.tsx", line: `import { theme } from "../theme.ts";` },
  { file: "src/cli/main.ts", line: `import { readFile } from "node:fs/promises";` },
  { file: "src/cli/main.ts", line: `import manifest from "../../package.json" with { type: "json" };` },
  {
    file: "src/index.html",
    line: `<script src="/theme.js"></script><script type="module" src="/app/main.ts"></script>`,
  },
  { file: "src/app/main.ts", line: `import { database } from "#src/adapters/storage/database.ts";` },
];
