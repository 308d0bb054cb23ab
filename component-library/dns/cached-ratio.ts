import * as v from "valibot";
import { byDefinition, derivedQuantity, optionalQuantity } from "#library/contract/settings.ts";
import { hitRatioOfStay } from "#src/analysis/caching/residence.ts";

const group = "Routing";

const entries = v.object({
  cachedRatio: derivedQuantity({
    title: "Answers kept by resolvers",
    unit: "ratio",
    usually: 0,
    minimum: 0,
    maximum: 1,
    help: "Share of the requests whose resolver still holds the answer: they neither load the name server nor spend time there. 0 counts a lookup for every request. Computed when it is not stated but the time to live and the rate of a resolver are.",
    source: byDefinition,
    group,
  }),
  recordTtlMs: optionalQuantity({
    title: "Time to live of an answer",
    unit: "ms",
    minimum: 0,
    maximum: 1e12,
    help: "Resolvers forget an answer this long after they got it. With the rate of a resolver it gives the share of answers that they keep.",
    source: byDefinition,
    group,
    advanced: true,
  }),
  resolverPerSecond: optionalQuantity({
    title: "Requests of one resolver",
    unit: "per second",
    minimum: 0,
    maximum: 1e9,
    help: "Requests for this name from the clients of one resolver.",
    source: byDefinition,
    group,
    advanced: true,
  }),
});

/**
 * How many requests never come to the name server. Stated, or λT / (1 + λT) for a resolver that asks again after the time to
 * live T and gets λ requests a second (J. Jung, A. Berger, H. Balakrishnan, INFOCOM 2003; exact for Poisson requests).
 */
export const resolverSettings = v.pipe(
  entries,
  v.transform((settings) => {
    const { cachedRatio, recordTtlMs, resolverPerSecond } = settings;
    const computed =
      recordTtlMs === null || resolverPerSecond === null ? 0 : hitRatioOfStay(resolverPerSecond / 1000, recordTtlMs);
    return { ...settings, cachedRatio: cachedRatio ?? computed };
  }),
);
