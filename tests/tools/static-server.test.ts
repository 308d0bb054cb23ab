import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "./support/free-port.mjs";
import { metaPolicy } from "./support/security-headers.mjs";
import { createStaticServer, listenOnLoopback } from "./support/static-server.mjs";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder = "";
let port = 0;
let close = () => {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plimsoll-served-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  writeFileSync(join(folder, "dist", "index.html"), "<title>The application</title>");
  writeFileSync(join(folder, "dist", "assets", "main-1a2b.js"), "export {};");
  writeFileSync(join(folder, "secret.txt"), "secret");
  symlinkSync(join(folder, "secret.txt"), join(folder, "dist", "link.txt"));
  port = await findFreePort();
  const listening = await listenOnLoopback(() => createStaticServer(join(folder, "dist")), port);
  expect(listening).not.toBeNull();
  close = listening ?? close;
});

afterAll(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

/** The path goes out as it is written: `fetch` would tidy it first. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, ...options }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString("utf8");
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("the server of the built application", () => {
  it("sends the content policy with every answer, refusals included", async () => {
    for (const path of ["/", "/assets/main-1a2b.js", "/none.js", "/../secret.txt"]) {
      const { headers } = await ask(path);
      expect(headers["content-security-policy"], path).toBe(`${metaPolicy}; frame-ancestors 'none'`);
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      expect(headers["referrer-policy"], path).toBe("no-referrer");
    }
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/a%5c..",
    "/%00",
    "/%zz",
  ])("refuses %s", async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(400);
    expect(body).not.toContain("secret\n");
  });

  it("does not follow a link out of its folder", async () => {
    expect((await ask("/link.txt")).status).toBe(404);
  });

  it("gives the application for an address of its own, and 404 for a missing file", async () => {
    expect((await ask("/designs/shop?tab=1")).body).toBe("<title>The application</title>");
    expect((await ask("/assets/gone-9z.js")).status).toBe(404);
  });

  it("lets only hashed files be kept", async () => {
    const page = await ask("/");
    expect(page.headers["cache-control"]).toBe("no-cache");
    const asset = await ask("/assets/main-1a2b.js");
    expect(asset.headers["cache-control"]).toContain("immutable");
    const again = await ask("/", { headers: { "if-none-match": String(page.headers.etag) } });
    expect(again.status).toBe(304);
  });

  it("answers GET and HEAD only", async () => {
    const head = await ask("/", { method: "HEAD" });
    expect([head.status, head.body]).toEqual([200, ""]);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });

  it("tells when the port is taken", async () => {
    expect(await listenOnLoopback(() => createStaticServer(join(folder, "dist")), port)).toBeNull();
  });
});
