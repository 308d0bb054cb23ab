import { type BrowserContext, test as base, expect } from "@playwright/test";

interface Journey {
  /** What this journey provokes on purpose. Any other fault fails it. */
  readonly expectedFaults: RegExp | null;
  /** What the page has reported so far. */
  readonly faults: string[];
}

/**
 * Playwright's test, which also fails on whatever the page reports while it runs: a breach of the content security
 * policy, an uncaught error, or an error on the console.
 */
export const test = base.extend<Journey>({
  expectedFaults: [null, { option: true }],
  faults: async ({ expectedFaults }, use) => {
    const faults: string[] = [];
    await use(faults);
    const unexpected = faults.filter((fault) => !expectedFaults?.test(fault));
    expect(unexpected, "faults reported by the page").toEqual([]);
  },
  context: async ({ context, faults }, use) => {
    await collectFaults(context, faults);
    await use(context);
  },
});

export { expect };

/** Hears everything that the pages of a browser report from now on. */
export async function collectFaults(context: BrowserContext, faults: string[]): Promise<void> {
  context.on("weberror", (webError) => faults.push(`uncaught: ${webError.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  await context.exposeFunction("reportPolicyBreach", (breach: string) => faults.push(`content policy: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report: unknown = Reflect.get(window, "reportPolicyBreach");
      const place = `${event.sourceFile}:${event.lineNumber}`;
      if (typeof report === "function") report(`${event.effectiveDirective} refused ${event.blockedURI} at ${place}`);
    });
  });
}
