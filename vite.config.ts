import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { metaPolicy } from "./tests/tools/support/security-headers.mjs";

/** Writes the content security policy into the built page, so that it holds on any static host. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "plimsoll-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: metaPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** `npm run prove` sets this: the long proofs run, and models are compared at full length. */
const isProving = process.env.PLIMSOLL_PROVE === "full";

const unitTests = [
  "src/**/*.test.{ts,tsx}",
  "component-library/**/*.test.{ts,tsx}",
  "tests/{architecture,models,stored-designs,tools}/**/*.test.ts",
];
const proofs = ["tests/prove/**/*.prove.ts", "tests/models/**/*.test.ts"];

export default defineConfig({
  root: "src",
  publicDir: "../public",
  plugins: [react(), contentSecurityPolicy()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2022",
    chunkSizeWarningLimit: 1_500,
    license: { fileName: "third-party-licences.md" },
  },
  server: { fs: { allow: [".."] } },
  worker: { format: "es" },
  test: {
    root: ".",
    include: isProving ? proofs : unitTests,
    environment: "node",
    pool: "threads",
    isolate: false,
    // The proofs have the machine to themselves.
    ...(isProving && { maxWorkers: availableParallelism() }),
    testTimeout: isProving ? 3_600_000 : 30_000,
    hookTimeout: 60_000,
  },
});
