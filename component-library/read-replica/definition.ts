import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "read-replica",
  title: "Read replica",
  category: "data",
  role: "replica",
  summary: "A copy of a database that answers reads and applies the writes of its primary.",
  keywords: ["replica", "secondary", "follower", "slave", "standby", "hot standby", "rds", "copy"],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  reliability: (stated) => oneOfInstances(stated, "Estimate: two crashes a year, an hour to build a new copy."),
  caption: ({ instances, concurrency }) => `replica, ${instances} × ${concurrency}`,
  presets: [
    { title: "PostgreSQL replica, 4 vCPU", settings: { concurrency: 4, capacityPerSecond: 16_000 } },
    { title: "MySQL replica, 8 vCPU", settings: { concurrency: 8, capacityPerSecond: 24_000 } },
    { title: "Two Amazon RDS replicas", settings: { instances: 2, mtbfHours: 199, mttrMinutes: 60 } },
  ],
});
