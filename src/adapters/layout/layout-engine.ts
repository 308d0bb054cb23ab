import ELK from "elkjs/lib/elk-api.js";
import type { LayoutEngine } from "#src/session/ports.ts";
import { placementOf, toElkGraph } from "./elk-graph.ts";

const deadlineMs = 10_000;

/**
 * Automatic layout by the Eclipse Layout Kernel in a worker of its own, fetched and started on first use. A layout that is
 * cancelled or late ends with its worker: the kernel cannot be interrupted.
 */
export function createLayoutEngine(startWorker: () => Worker): LayoutEngine {
  return {
    async layout(design, signal) {
      signal.throwIfAborted();
      const worker = startWorker();
      const elk = new ELK({ workerFactory: () => worker });
      let end: () => void = () => {};
      const ended = new Promise<never>((_, reject) => {
        worker.onerror = () => reject(new Error("its worker stopped"));
        const cancel = () => reject(new Error("it was cancelled"));
        const timer = setTimeout(() => reject(new Error("it took more than ten seconds")), deadlineMs);
        signal.addEventListener("abort", cancel);
        end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
        };
      });
      try {
        return placementOf(await Promise.race([elk.layout(toElkGraph(design)), ended]));
      } finally {
        end();
        elk.terminateWorker();
      }
    },
  };
}
