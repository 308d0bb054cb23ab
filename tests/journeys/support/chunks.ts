import { gzipSync } from "node:zlib";
import type { APIRequestContext } from "@playwright/test";

/** A script or style sheet of the built application. */
export interface Chunk {
  /** "/assets/canvas-DiAZl4E4.js" */
  readonly path: string;
  readonly text: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
  /** Needed before this one runs. */
  readonly imports: readonly string[];
  /** Fetched when it is asked for. */
  readonly laterImports: readonly string[];
}

/** Every script and style sheet that the served page can lead to, by path, found by following imports and workers. */
export async function readChunks(request: APIRequestContext): Promise<ReadonlyMap<string, Chunk>> {
  const chunks = new Map<string, Chunk>();
  const waiting = [...(await pathsInPage(request))];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (chunks.has(path)) continue;
    const chunk = readChunk(path, await textOf(request, path));
    chunks.set(path, chunk);
    waiting.push(...chunk.imports, ...chunk.laterImports);
  }
  return chunks;
}

/** Paths of the scripts and style sheets that stand in the page itself. */
export async function pathsInPage(request: APIRequestContext): Promise<readonly string[]> {
  const page = await textOf(request, "/");
  return [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, path = ""]) => path);
}

/** What has to be there before the named chunks run: themselves and their imports, however deep. */
export function closureOf(chunks: ReadonlyMap<string, Chunk>, paths: Iterable<string>): ReadonlySet<string> {
  const closure = new Set<string>();
  const waiting = [...paths];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (closure.has(path)) continue;
    closure.add(path);
    waiting.push(...(chunks.get(path)?.imports ?? []));
  }
  return closure;
}

async function textOf(request: APIRequestContext, path: string): Promise<string> {
  const response = await request.get(path);
  if (!response.ok()) throw new Error(`${path} is not served: ${response.status()}`);
  return response.text();
}

function readChunk(path: string, text: string): Chunk {
  // The eight characters before the ending are the build's own; other names are remains of bundled packages.
  const paths = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, file = ""]) => `/assets/${file}`);
  const imports = paths(/(?:from|import)\s*["'`]\.\/([\w.-]+-[\w-]{8}\.js)["'`]/g);
  const laterImports = [
    ...paths(/import\(\s*["'`]\.\/([\w.-]+-[\w-]{8}\.js)["'`]\s*\)/g),
    ...paths(/["'`](?:\/?assets|\.)?\/([\w.-]+-[\w-]{8}\.(?:js|css))["'`]/g),
  ];
  return {
    path,
    text,
    bytes: Buffer.byteLength(text),
    gzippedBytes: gzipSync(text).length,
    imports,
    laterImports: laterImports.filter((later) => !imports.includes(later)),
  };
}
