import { defineKind } from "#library/contract/define-kind.ts";

import { majorityOf } from "#library/contract/replication.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "consensus-store",
  title: "Consensus store",
  category: "coordination",
  // Not a store: a cache beside it does not stand in front of it.
  role: "server",
  summary:
    "A small, strongly consistent store for locks, leaders and configuration, kept by a majority of its members.",
  keywords: [
    "etcd",
    "zookeeper",
    "consul",
    "raft",
    "paxos",
    "lock service",
    "leader election",
    "configuration",
    "service discovery",
    "coordination",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,

  quorum: ({ members }) => majorityOf(members),
  reliability: (stated) => ({
    mtbfHours: stated.mtbfHours,
    mttrMinutes: stated.mttrMinutes,
    units: stated.members,
    unitsNeeded: Math.floor(stated.members / 2) + 1,
    source: "Estimate: two crashes a year and member; a majority must be up.",
  }),
  caption: ({ members }) => `consensus store, ${members} ${members === 1 ? "member" : "members"}`,
  presets: [
    { title: "etcd, 3 members", settings: { members: 3 } },
    { title: "etcd, 5 members over zones", settings: { members: 5, latencyMs: 7 } },
    { title: "ZooKeeper, 5 members", settings: { members: 5, capacityPerSecond: 20_000 } },
    { title: "Consul, 3 members", settings: { members: 3, capacityPerSecond: 5000, latencyMs: 10 } },
  ],
});
