import workerUrl from "elkjs/lib/elk-worker.min.js?url";
import { trustedWorkerAddress } from "../trusted-worker-address.ts";

export function startLayoutWorker(): Worker {
  return new Worker(trustedWorkerAddress(workerUrl), { name: "layout" });
}
