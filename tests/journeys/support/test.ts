import { type BrowserContext, test as base, expect } from "@playwright/test";

interface JourneyOptions {
  /** What this journey provokes on purpose. Any other fault fails it. */
  readonly expectedFaults: readonly RegExp[];
}

/**
 * Playwright's test, which also fails on whatever the page reports while it runs: a breach of the content security
 * policy, an uncaught error, or an error on the console.
 */
export const test = base.extend<JourneyOptions>({
  expectedFaults: [[], { option: true }],
  context: async ({ context, expectedFaults }, use) => {
    const faults: string[] = [];
    await collectFaults(context, faults);
    await use(context);
    const unexpected = faults.filter((fault) => !expectedFaults.some((pattern) => pattern.test(fault)));
    expect(unexpected, "faults reported by the page").toEqual([]);
  },
});

export { expect };

async function collectFaults(context: BrowserContext, faults: string[]): Promise<void> {
  context.on("weberror", (webError) => faults.push(`uncaught: ${webError.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  await context.exposeFunction("reportPolicyBreach", (breach: string) => faults.push(`content policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report: unknown = Reflect.get(window, "reportPolicyBreach");
      const breach = `${event.effectiveDirective} refused ${event.blockedURI || "inline"} at ${event.sourceFile}:${event.lineNumber}`;
      if (typeof report === "function") report(breach);
    });
  });
}
