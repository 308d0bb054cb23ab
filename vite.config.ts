import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "src",
  publicDir: "../public",
  plugins: [react()],
  build: { outDir: "../dist", emptyOutDir: true, modulePreload: { polyfill: false }, target: "es2022" },
  worker: { format: "es" },
  test: {
    root: ".",
    include: ["src/**/*.test.ts", "component-library/**/*.test.ts", "tests/{architecture,models,stored-designs}/**/*.test.ts"],
    environment: "node",
    pool: "threads",
    isolate: false,
  },
});
