import * as v from "valibot";
import type { DesignEdge } from "./document.ts";
import { isPlainRecord } from "./json-value.ts";
import {
  choice,
  flag,
  idText,
  integerIn,
  nonNegative,
  numberIn,
  numbersById,
  positive,
  ratio,
  recordOf,
} from "./schema-kit.ts";

const edgeModes = ["synchronous", "asynchronous", "replication"] as const;
const edgeConditions = ["always", "hit", "miss", "read", "write", "fallback"] as const;

const calls = v.lazy((input) => (isPlainRecord(input) ? numbersById : nonNegative));
const wholeFromOne = integerIn({ least: 1 }, "a whole number that is 1 or more");

/** A breaker that stands on an edge; what is absent has the default of `circuitBreakerDefaults`. */
export const circuitBreakerSchema = recordOf({
  failureRatio: v.exactOptional(ratio),
  minimumCalls: v.exactOptional(wholeFromOne),
  windowMs: v.exactOptional(positive),
  openMs: v.exactOptional(positive),
  halfOpenCalls: v.exactOptional(wholeFromOne),
});

/** Defaults of Netflix Hystrix (its "Configuration" page): 20 calls in 10 s, half of them failed, 5 s open, one probe. */
export const circuitBreakerDefaults = {
  failureRatio: 0.5,
  minimumCalls: 20,
  windowMs: 10_000,
  openMs: 5_000,
  halfOpenCalls: 1,
} as const;

const circuitBreaker = v.lazy((input) => (typeof input === "boolean" ? flag : circuitBreakerSchema));

/** What a file may say about an edge. Everything is optional; what is absent has the default of `edgeSettingFields`. */
export const edgeSettingsSchema = recordOf({
  mode: v.exactOptional(choice(edgeModes)),
  calls: v.exactOptional(calls),
  condition: v.exactOptional(choice(edgeConditions)),
  of: v.exactOptional(idText),
  order: v.exactOptional(nonNegative),
  quorum: v.exactOptional(wholeFromOne),
  weight: v.exactOptional(nonNegative),
  networkMs: v.exactOptional(nonNegative),
  payloadBytes: v.exactOptional(nonNegative),
  bandwidthBytesPerSecond: v.exactOptional(positive),
  timeoutMs: v.exactOptional(positive),
  retries: v.exactOptional(integerIn({ least: 0, most: 100 }, "a whole number from 0 to 100")),
  backoffMs: v.exactOptional(nonNegative),
  jitter: v.exactOptional(flag),
  circuitBreaker: v.exactOptional(circuitBreaker),
  hedgeAfterMs: v.exactOptional(numberIn({ least: 0 }, "a number that is 0 or more")),
  connectionPool: v.exactOptional(wholeFromOne),
});

export type EdgeSettings = Readonly<v.InferOutput<typeof edgeSettingsSchema>>;
export type EdgeSettingName = keyof EdgeSettings;

/** The settings of an edge as the file states them; throws on an edge that did not pass the validator. */
export function edgeSettingsOf(edge: DesignEdge): EdgeSettings {
  return v.parse(edgeSettingsSchema, edge.settings ?? {});
}

/** One line of the generated form. `defaultValue` null: none, or decided as `help` says. */
export interface EdgeSettingField {
  readonly name: EdgeSettingName;
  readonly title: string;
  readonly help: string;
  readonly unit: "" | "ms" | "bytes" | "count";
  readonly input: "number" | "integer" | "choice" | "switch" | "text";
  readonly defaultValue: string | number | boolean | null;
  /** May be left empty. */
  readonly optional: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
  readonly source: { readonly text: string; readonly confidence: "vendor" | "secondary" | "estimate" | "definition" };
  /** Shown folded away unless changed. */
  readonly advanced: boolean;
  readonly group: string;
}

const byDefinition = { text: "Definition", confidence: "definition" } as const;

/** The form of an edge, in order. */
export const edgeSettingFields: readonly EdgeSettingField[] = [
  {
    name: "mode",
    title: "Mode",
    help: "Whether the caller waits for the answer. Decided by the kinds joined when empty.",
    unit: "",
    input: "choice",
    defaultValue: null,
    optional: true,
    choices: [
      { value: "synchronous", title: "Synchronous: the caller waits" },
      { value: "asynchronous", title: "Asynchronous: the caller goes on" },
      { value: "replication", title: "Replication: one apply per write" },
    ],
    source: byDefinition,
    advanced: false,
    group: "Calls",
  },
  {
    name: "calls",
    title: "Calls per visit",
    help: "Mean calls over this edge per visit of its source. Below 1 it is the probability of one call. Can differ by journey.",
    unit: "count",
    input: "number",
    defaultValue: 1,
    optional: false,
    minimum: 0,
    source: byDefinition,
    advanced: false,
    group: "Calls",
  },
  {
    name: "condition",
    title: "When",
    help: "Which visits make this call. Inferred from the kinds joined when empty.",
    unit: "",
    input: "choice",
    defaultValue: null,
    optional: true,
    choices: [
      { value: "always", title: "Always" },
      { value: "hit", title: "On a cache hit" },
      { value: "miss", title: "On a cache miss" },
      { value: "read", title: "For reads" },
      { value: "write", title: "For writes" },
      { value: "fallback", title: "Only after the other call failed" },
    ],
    source: byDefinition,
    advanced: false,
    group: "Calls",
  },
  {
    name: "of",
    title: "Cache asked",
    help: "Id of the cache whose hit or miss decides. Inferred when the source asks one cache only.",
    unit: "",
    input: "text",
    defaultValue: null,
    optional: true,
    source: byDefinition,
    advanced: true,
    group: "Calls",
  },
  {
    name: "order",
    title: "Order",
    help: "Calls with the same order run in parallel and are joined; different orders run one after another. By default the place of the edge among those of its source.",
    unit: "",
    input: "number",
    defaultValue: null,
    optional: true,
    minimum: 0,
    source: byDefinition,
    advanced: false,
    group: "Calls",
  },
  {
    name: "quorum",
    title: "Quorum",
    help: "Answers that complete a parallel group. All of them when empty; the others still run and load their targets.",
    unit: "count",
    input: "integer",
    defaultValue: null,
    optional: true,
    minimum: 1,
    source: byDefinition,
    advanced: true,
    group: "Calls",
  },
  {
    name: "weight",
    title: "Weight",
    help: "Share of this edge where the source sends each request to one target.",
    unit: "",
    input: "number",
    defaultValue: 1,
    optional: false,
    minimum: 0,
    source: byDefinition,
    advanced: false,
    group: "Calls",
  },
  {
    name: "networkMs",
    title: "Network round trip",
    help: "Added to each call, half before and half after the visit. By the zones crossed when empty: 0.5 ms inside one zone.",
    unit: "ms",
    input: "number",
    defaultValue: null,
    optional: true,
    minimum: 0,
    source: { text: "Round trip inside a data centre, J. Dean, Numbers everyone should know", confidence: "secondary" },
    advanced: false,
    group: "Network",
  },
  {
    name: "payloadBytes",
    title: "Payload",
    help: "Bytes carried by one call, request and answer together.",
    unit: "bytes",
    input: "number",
    defaultValue: 0,
    optional: false,
    minimum: 0,
    source: byDefinition,
    advanced: false,
    group: "Network",
  },
  {
    name: "bandwidthBytesPerSecond",
    title: "Bandwidth per second",
    help: "Bytes per second that the link of this edge carries, both directions together, shared by all instances of the caller. Calls cross it one after another. Unlimited when empty.",
    unit: "bytes",
    input: "number",
    defaultValue: null,
    optional: true,
    minimum: 0,
    source: byDefinition,
    advanced: true,
    group: "Network",
  },
  {
    name: "connectionPool",
    title: "Connection pool",
    help: "Most calls in flight over this edge per instance of the caller. A call waits for a connection and keeps it until the visit is over, abandoned calls too. Unlimited when empty.",
    unit: "count",
    input: "integer",
    defaultValue: null,
    optional: true,
    minimum: 1,
    source: byDefinition,
    advanced: true,
    group: "Network",
  },
  {
    name: "timeoutMs",
    title: "Timeout",
    help: "From the call to its answer, per attempt, with the wait for a connection and the network. Abandoned work goes on and loads its target. None when empty.",
    unit: "ms",
    input: "number",
    defaultValue: null,
    optional: true,
    minimum: 0,
    source: byDefinition,
    advanced: false,
    group: "Failures",
  },
  {
    name: "retries",
    title: "Retries",
    help: "Further attempts after a timeout or a rejection. Every attempt is an arrival at the target.",
    unit: "count",
    input: "integer",
    defaultValue: 0,
    optional: false,
    minimum: 0,
    maximum: 100,
    source: byDefinition,
    advanced: false,
    group: "Failures",
  },
  {
    name: "backoffMs",
    title: "Backoff",
    help: "Pause before the first retry; it doubles with every attempt.",
    unit: "ms",
    input: "number",
    defaultValue: 0,
    optional: false,
    minimum: 0,
    source: byDefinition,
    advanced: true,
    group: "Failures",
  },
  {
    name: "jitter",
    title: "Jitter",
    help: "The pause is drawn uniformly between 0 and the backoff.",
    unit: "",
    input: "switch",
    defaultValue: true,
    optional: false,
    source: { text: "Full jitter, M. Brooker, Exponential Backoff and Jitter (2015)", confidence: "secondary" },
    advanced: true,
    group: "Failures",
  },
  {
    name: "circuitBreaker",
    title: "Circuit breaker",
    help: "Fails calls at once while too many have failed: by default after half of at least 20 calls in 10 s, for 5 s, then one probe. Each instance of the caller has its own.",
    unit: "",
    input: "switch",
    defaultValue: false,
    optional: true,
    source: { text: "Defaults of Netflix Hystrix", confidence: "vendor" },
    advanced: true,
    group: "Failures",
  },
  {
    name: "hedgeAfterMs",
    title: "Hedge after",
    help: "Sends a second, equal call when the first has not answered by then; the first answer counts. None when empty.",
    unit: "ms",
    input: "number",
    defaultValue: null,
    optional: true,
    minimum: 0,
    source: { text: "J. Dean and L. A. Barroso, The Tail at Scale (2013)", confidence: "secondary" },
    advanced: true,
    group: "Failures",
  },
];
