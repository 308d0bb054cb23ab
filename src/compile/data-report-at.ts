import { constantLaw } from "#src/analysis/latency/constant-law.ts";
import { sequence } from "#src/analysis/latency/sequence.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { Solution, StationResult } from "#src/analysis/model/solution.ts";
import { missProbability, overlaps } from "#src/analysis/replication/quorum-overlap.ts";
import { staleProbabilities } from "#src/analysis/replication/quorum-staleness.ts";
import { instancesFor, responseToStep } from "#src/analysis/sizing/autoscaling.ts";
import {
  bandwidthBitsPerSecond,
  bytesKept,
  bytesPerDay,
  ratePerSecond,
  usualReplicationFactor,
} from "#src/analysis/sizing/data-volume.ts";
import type { Requirements } from "#src/design/document.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type {
  AutoscalingReport,
  DataReport,
  QuorumReport,
  ReadReport,
  ReplicaReport,
  VolumeReport,
} from "./data-report.ts";
import { inferNetworkMs } from "./network-distance.ts";
import { copiesAt, staleMomentsMs } from "./replicas-at.ts";
import { residenceLaw } from "./report-at.ts";
import type { ResolvedNode } from "./resolved-design.ts";

/** The data section of the report at a load. */
export function dataReport(compiled: CompiledDesign, solution: Solution): DataReport {
  const { nodes, design } = compiled.resolved;
  const replicas = copiesAt(compiled, solution).map(({ report }) => report);
  const quorums = nodes.flatMap((node) => quorumAt(compiled, solution, node) ?? []);
  return {
    replicas,
    quorums,
    journeys: readReports(compiled, solution, replicas, quorums),
    autoscaling: nodes.flatMap((node) => autoscalingAt(compiled, solution, node) ?? []),
    volume: volumeOf(design.requirements),
  };
}

function stationAt(compiled: CompiledDesign, solution: Solution, node: ResolvedNode): StationResult | null {
  const index = compiled.stationOfNode[node.index] ?? null;
  return index === null ? null : (solution.stations[index] ?? null);
}

function quorumAt(compiled: CompiledDesign, solution: Solution, node: ResolvedNode): QuorumReport | null {
  const quorum = node.kind.quorum(node.rawSettings);
  if (quorum === null) return null;
  const always = overlaps(quorum);
  const station = stationAt(compiled, solution, node);
  const inCopy = station === null ? null : residenceLaw(node, station);
  const halfTripMs = inferNetworkMs(compiled.resolved.design, node.node, node.node) / 2;
  const answer = constantLaw(halfTripMs);
  const asked = inCopy === null ? null : sequence([answer, inCopy]);
  const probabilities = always
    ? staleMomentsMs.map(() => 0)
    : asked === null
      ? null
      : staleProbabilities(
          quorum,
          { write: asked, acknowledgement: answer, read: asked, response: answer },
          staleMomentsMs,
        );
  return {
    node: node.node.id,
    ...quorum,
    overlaps: always,
    missProbability: missProbability(quorum),
    staleAfter:
      probabilities?.map((probability, place) => ({ afterMs: staleMomentsMs[place] ?? 0, probability })) ?? null,
    exactness: always ? intersecting : boundedStaleness,
  };
}

const intersecting: Exactness = {
  kind: "exact",
  model: "Quorums that overlap",
  source: "Gifford 1979",
  typicalErrorPercent: null,
};
const boundedStaleness: Exactness = {
  kind: "approximation",
  model: "Probabilistically bounded staleness (WARS), integrated",
  source: "Bailis et al. 2012, section 4",
  typicalErrorPercent: 1,
};

/** A read of this long after a write stands for the staleness of a source. */
const soonMs = 10;
/** Reads that see a write once it has settled: all but one in a thousand. */
const settledShare = 0.001;

function readReports(
  compiled: CompiledDesign,
  solution: Solution,
  replicas: readonly ReplicaReport[],
  quorums: readonly QuorumReport[],
): readonly ReadReport[] {
  const { model, resolved } = compiled;
  return solution.journeys.flatMap((journey, index) => {
    const stated = resolved.design.journeys.get(model.journeyIds[index] ?? "");
    if (stated === undefined || stated.operation === "write") return [];
    const consistency = stated.consistency ?? "eventual";
    const sources = journey.breakdown.flatMap(({ node, visits }) => {
      const visited = resolved.nodes[node];
      if (visited === undefined || visits <= 0) return [];
      const source = sourceOf(visited, replicas, quorums);
      return source === null ? [] : [{ node: visited.node.id, share: Math.min(1, visits), ...source }];
    });
    return [
      { id: stated.id, consistency, sources, keepsConsistency: consistency === "eventual" || sources.length === 0 },
    ];
  });
}

type StaleSource = Omit<ReadReport["sources"][number], "node" | "share">;

/** How a part may answer with old data; null where it never does. */
function sourceOf(
  node: ResolvedNode,
  replicas: readonly ReplicaReport[],
  quorums: readonly QuorumReport[],
): StaleSource | null {
  const replica = replicas.find((copy) => copy.node === node.node.id && copy.mode === "asynchronous");
  if (replica !== undefined) {
    return {
      through: "replica",
      staleAfterTenMs: replica.staleAfter.find(({ afterMs }) => afterMs === soonMs)?.probability ?? null,
      settledAfterMs: replica.lagMs.p999,
      oldestMs: null,
    };
  }
  const quorum = quorums.find((store) => store.node === node.node.id && !store.overlaps);
  if (quorum !== undefined) {
    const moments = quorum.staleAfter ?? [];
    return {
      through: "quorum",
      staleAfterTenMs: moments.find(({ afterMs }) => afterMs === soonMs)?.probability ?? null,
      settledAfterMs: moments.find(({ probability }) => probability <= settledShare)?.afterMs ?? null,
      oldestMs: null,
    };
  }
  const ttlMs = node.settings["ttlMs"];
  const { writes } = node.expectations;
  if (node.kind.role !== "cache" || writes === "invalidate" || writes === "through") return null;
  return {
    through: "cache",
    staleAfterTenMs: null,
    settledAfterMs: typeof ttlMs === "number" ? ttlMs : null,
    oldestMs: typeof ttlMs === "number" ? ttlMs : null,
  };
}

function autoscalingAt(compiled: CompiledDesign, solution: Solution, node: ResolvedNode): AutoscalingReport | null {
  const scaling = node.serving?.autoscaling;
  const index = compiled.stationOfNode[node.index] ?? null;
  const place = index === null ? undefined : compiled.model.stations[index]?.autoscaling;
  const station = stationAt(compiled, solution, node);
  if (scaling === undefined || place === undefined || station === null) return null;
  if (!Number.isFinite(station.meanServiceMs)) return null;
  const instances = station.servers / place.instanceServers;
  const doubled = 2 * station.arrivalsPerSecond;
  const after = instancesFor(place, (doubled * station.meanServiceMs) / 1000);
  const reactionMs = scaling.metricWindowMs + scaling.startUpMs;
  const response = responseToStep({
    instancesBefore: instances,
    instancesAfter: after,
    instanceCapacityPerSecond:
      station.meanServiceMs > 0 ? (place.instanceServers * 1000) / station.meanServiceMs : Number.MAX_VALUE,
    ratePerSecond: doubled,
    reactionMs,
  });
  return {
    node: node.node.id,
    minInstances: place.minInstances,
    maxInstances: place.maxInstances,
    targetUtilization: place.targetUtilization,
    instances,
    reactionMs,
    doubling: { instances: after, ...response },
  };
}

function volumeOf(requirements: Requirements): VolumeReport | null {
  const { recordsPerDay, recordBytes, retentionDays, replicationFactor } = requirements;
  if (recordsPerDay === undefined || recordBytes === undefined) return null;
  const perDay = bytesPerDay(recordsPerDay, recordBytes);
  const copies = replicationFactor ?? usualReplicationFactor;
  const writesPerSecond = ratePerSecond(recordsPerDay);
  return {
    bytesPerDay: perDay,
    writesPerSecond,
    ingestBitsPerSecond: bandwidthBitsPerSecond(writesPerSecond, recordBytes),
    copies,
    retentionDays: retentionDays ?? null,
    bytesKept: retentionDays === undefined ? null : bytesKept(perDay, retentionDays, copies),
    bytesAfterYear: bytesKept(perDay, Math.min(365, retentionDays ?? 365), copies),
  };
}
