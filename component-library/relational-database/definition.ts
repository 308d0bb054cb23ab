import { defineKind } from "#library/contract/define-kind.ts";
import { withStandbys } from "#library/contract/replication.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "relational-database",
  title: "Relational database",
  category: "data",
  role: "store",
  summary:
    "The primary of a relational database: serves reads, takes every write and passes writes on to its replicas.",
  keywords: [
    "sql",
    "postgresql",
    "postgres",
    "mysql",
    "mariadb",
    "oracle",
    "sql server",
    "rds",
    "aurora",
    "primary",
    "db",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  fixedInstances: "One primary takes all writes. More capacity is a larger machine, read replicas or shards.",
  reliability: (stated) => withStandbys(stated, "Estimate: two crashes a year, an hour to restore without a standby."),
  caption: ({ instances, concurrency, standbys }) =>
    `database, ${instances} × ${concurrency}${standbys === 0 ? "" : `, ${standbys} standby`}`,
  presets: [
    { title: "PostgreSQL, 4 vCPU", settings: { concurrency: 4, capacityPerSecond: 2800, latencyMs: 3 } },
    { title: "PostgreSQL, 16 vCPU", settings: { concurrency: 16, capacityPerSecond: 11_200, latencyMs: 3 } },
    {
      title: "PostgreSQL, 8 vCPU, simple reads",
      settings: { concurrency: 8, capacityPerSecond: 32_000, latencyMs: 0.5 },
    },
    { title: "MySQL, 8 vCPU", settings: { concurrency: 8, capacityPerSecond: 5600, latencyMs: 3 } },
    {
      title: "Amazon RDS, two zones",
      settings: { standbys: 1, replication: "synchronous", mtbfHours: 1999, mttrMinutes: 60 },
    },
  ],
});
