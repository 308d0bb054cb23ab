import { defineConfig } from "@playwright/test";
import journeys from "../journeys/playwright.config.ts";

// The journeys' browser, server and policy; one measurement at a time, so that none disturbs another.
export default defineConfig({
  ...journeys,
  testMatch: /\.browser\.ts$/,
  fullyParallel: false,
  workers: 1,
  timeout: 600_000,
  use: { ...journeys.use, trace: "off", screenshot: "off" },
});
