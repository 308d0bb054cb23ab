import { autoscalingOf } from "#library/contract/autoscaling.ts";
import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "service",
  title: "Service",
  category: "compute",
  role: "server",
  summary: "Computes answers and calls whatever it needs for them.",
  keywords: [
    "api",
    "server",
    "application",
    "microservice",
    "backend",
    "web server",
    "container",
    "pod",
    "node",
    "spring",
  ],
  version: 1,
  settings,
  serving: (stated) => ({ ...servingOf(stated), ...autoscalingOf(stated) }),
  visit,
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: ({ instances, maxInstances, concurrency }) =>
    `service, ${maxInstances === null ? instances : `up to ${maxInstances}`} × ${concurrency}`,
  presets: [
    { title: "Node.js, 1 core", settings: { concurrency: 1, capacityPerSecond: 500, latencyMs: 5 } },
    {
      title: "Python with 4 worker processes",
      settings: { concurrency: 4, capacityPerSecond: 400, latencyMs: 10, holdsWorkerWhileWaiting: true },
    },
    { title: "Go, 4 cores", settings: { concurrency: 4, capacityPerSecond: 12_000, latencyMs: 1 } },
    {
      title: "Java, 200 threads on 4 cores",
      settings: { concurrency: 200, capacityPerSecond: 12_000, latencyMs: 20, holdsWorkerWhileWaiting: true },
    },
  ],
});
