import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream";
import { securityHeaders } from "./security-headers.mjs";

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * A server of the built application. Paths that name no file get the application itself (its own addresses live in the
 * browser), but a missing file with an ending is a plain 404.
 *
 * @param {string} folder
 */
export function createStaticServer(folder) {
  const base = realpathSync(folder);
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are answered here.");
    }
    const path = pathOf(request.url ?? "/");
    if (path === null) return refuse(response, 400, "This address is not a path of the application.");
    const file = findFile(base, path) ?? (extname(path) === "" ? findFile(base, "/index.html") : null);
    if (file === null) return refuse(response, 404, "There is no such file.");
    return send(request, response, file, path.startsWith("/assets/"));
  });
}

/**
 * @param {string} url as it came over the wire, so that no library has tidied `..` away
 * @returns {string | null} null for anything that could leave the folder
 */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? "/");
    const isSafe = path.startsWith("/") && !/[\0\\]/.test(path) && !path.split("/").includes("..");
    return isSafe ? path : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} base
 * @param {string} path
 * @returns {string | null} the real path of a file inside `base`, links followed
 */
function findFile(base, path) {
  try {
    const file = realpathSync(join(base, path.endsWith("/") ? `${path}index.html` : path));
    return file.startsWith(base + sep) && statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

/**
 * Files under /assets/ carry a hash of their content in the name and never change; everything else is asked for again.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string} file
 * @param {boolean} isImmutable
 */
function send(request, response, file, isImmutable) {
  const { size, mtimeMs } = statSync(file);
  const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
  response.setHeader("Cache-Control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.setHeader("ETag", tag);
  if (request.headers["if-none-match"] === tag) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader("Content-Type", contentTypes[extname(file)] ?? "application/octet-stream");
  response.setHeader("Content-Length", size);
  response.writeHead(200);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  pipeline(createReadStream(file), response, () => {});
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} sentence
 */
function refuse(response, status, sentence) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(`${sentence}\n`);
}

/**
 * Listens on both loopback addresses, since `localhost` may mean either and another program may hold the port on one.
 *
 * @param {() => import("node:http").Server} create
 * @param {number} port
 * @returns {Promise<(() => void) | null>} closes the servers; null when the port is taken
 */
export async function listenOnLoopback(create, port) {
  const first = await listen(create(), port, "127.0.0.1");
  if (first === "taken" || first === "absent") return null;
  const second = await listen(create(), port, "::1");
  if (second === "taken") {
    first.close();
    return null;
  }
  return () => {
    for (const server of second === "absent" ? [first] : [first, second]) {
      server.close();
      server.closeAllConnections();
    }
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<import("node:http").Server | "taken" | "absent">} absent: this machine has no such address
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = "code" in error ? error.code : "";
      if (code === "EADDRINUSE" || code === "EACCES") resolve("taken");
      else if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") resolve("absent");
      else reject(error);
    });
    server.listen(port, host, () => resolve(server));
  });
}
