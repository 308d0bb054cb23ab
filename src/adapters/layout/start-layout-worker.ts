import workerUrl from "elkjs/lib/elk-worker.min.js?url";

export function startLayoutWorker(): Worker {
  return new Worker(workerUrl, { name: "layout" });
}
