import { trustedWorkerAddress } from "../trusted-worker-address.ts";
import workerUrl from "./copy.worker.ts?worker&url";
import type { CopyWorker } from "./second-copies.ts";

export function startCopyWorker(): CopyWorker {
  return new Worker(trustedWorkerAddress(workerUrl), { type: "module", name: "second-copies" });
}
