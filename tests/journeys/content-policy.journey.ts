import { metaPolicy } from "../tools/support/security-headers.mjs";
import { expect, test } from "./support/test.ts";

test("the page carries the content policy, in its header and in itself", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.headers()["content-security-policy"]).toBe(`${metaPolicy}; frame-ancestors 'none'`);
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute("content", metaPolicy);
  await expect(page.locator("#root")).not.toBeEmpty();
});

test("the page asks nothing of any other host", async ({ page, baseURL }) => {
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await page.goto("/");
  await page.waitForLoadState("load");
  await expect(page.locator("#root")).not.toBeEmpty();
  expect([...hosts]).toEqual([new URL(baseURL ?? "").origin]);
});

test("a design opens, with its workers, under the policy", async ({ page }) => {
  const workers = ["analysis", "copy"].map((name) =>
    page.waitForEvent("worker", (worker) => worker.url().includes(`/assets/${name}.worker-`)),
  );
  await page.goto("/");
  await page.getByText("URL shortener").first().click();
  expect(await Promise.all(workers)).toHaveLength(2);
});

test.describe("faults planted on purpose", () => {
  test.use({
    expectedFaults:
      /script-src-elem refused inline|require-trusted-types-for|Content Security Policy|This document requires|planted/,
  });

  test("an inline script is refused, and noticed", async ({ page, faults }) => {
    await page.goto("/");
    await page.evaluate(addInlineScript);
    await expect
      .poll(() => faults)
      .toContainEqual(expect.stringMatching(/^content policy: (?:script-src-elem|require-trusted-types-for) refused/));
    await expect(page).not.toHaveTitle("breached");
  });

  test("text does not become markup", async ({ page, faults }) => {
    await page.goto("/");
    const refusal = await page.evaluate(() => {
      try {
        document.body.innerHTML = "<p>breached</p>";
        return "";
      } catch (error) {
        return String(error);
      }
    });
    expect(refusal).toContain("TypeError");
    await expect.poll(() => faults).toContainEqual(expect.stringContaining("require-trusted-types-for"));
  });

  test("errors are noticed, caught or not", async ({ page, faults }) => {
    await page.goto("/");
    await page.evaluate(() => console.error("planted on the console"));
    await expect.poll(() => faults).toContainEqual(expect.stringContaining("console: planted on the console"));
    await page.evaluate(() => void setTimeout(() => JSON.parse("planted")));
    await expect.poll(() => faults).toContainEqual(expect.stringMatching(/^uncaught: .*planted/));
  });
});

test("a journey fails by a fault alone", async ({ page, faults }) => {
  test.fail();
  await page.goto("/");
  await page.evaluate(() => console.error("planted"));
  await expect.poll(() => faults.length).toBeGreaterThan(0);
});

function addInlineScript(): void {
  const script = document.createElement("script");
  script.append("document.title = 'breached'");
  document.head.append(script);
}
