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
  },
  worker: { format: "es" },
  test: {
    root: ".",
    include: [
      "src/**/*.test.{ts,tsx}",
      "component-library/**/*.test.{ts,tsx}",
      "tests/{architecture,models,stored-designs,tools}/**/*.test.ts",
    ],
    environment: "node",
    pool: "threads",
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
