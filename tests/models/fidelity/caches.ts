import { type DemandClass, totalRate, zipfDemand } from "#src/analysis/caching/demand.ts";
import { hashedShares } from "#src/analysis/caching/hash-shares.ts";
import type { Eviction } from "#src/analysis/caching/key-state.ts";
import { stalenessOf } from "#src/analysis/caching/staleness.ts";
import { type CacheRules, missDemand, type SteadyCache, steadyCache } from "#src/analysis/caching/steady-cache.ts";
import { type SimulatedRules, simulateCaches, zipfProbabilities } from "../cache-simulation.ts";
import { seededRandom } from "../seeded-random.ts";
import table from "../tables/zipf-caches.json" with { type: "json" };
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

const requests = 120_000;
const seed = 20_021;
const throws = 300;

function rulesOf(simulated: SimulatedRules): CacheRules {
  return {
    capacityKeys: simulated.capacity,
    eviction: simulated.eviction,
    expiry: simulated.expiry ?? null,
    refreshWindow: simulated.refreshWindow ?? 0,
  };
}

interface Level {
  readonly demand: readonly DemandClass[];
  readonly cache: SteadyCache;
}

function chainOf(keys: number, skew: number, levels: readonly SimulatedRules[]): readonly Level[] {
  const found: Level[] = [];
  let demand = zipfDemand(keys, skew);
  for (const rules of levels) {
    const cache = steadyCache(demand, rulesOf(rules));
    found.push({ demand, cache });
    demand = missDemand(demand, cache);
  }
  return found;
}

function hitRatioOf(keys: number, skew: number, rules: SimulatedRules): number {
  return steadyCache(zipfDemand(keys, skew), rulesOf(rules)).hitRatio;
}

function tabled(eviction: Eviction, truthOf: (row: (typeof table.rows)[number]) => number | null): readonly Compared[] {
  return table.rows.flatMap((row) => {
    const { keys, skew, capacity } = row;
    const truth = truthOf(row);
    if (truth === null) return [];
    const name = `${keys} keys of skew ${skew}, room for ${capacity}`;
    return [{ name, model: hitRatioOf(keys, skew, { capacity, eviction }), truth }];
  });
}

const lives = [30, 100, 200, 1000];

/** Room for 100 of 1000 keys of skew 0.9, and a time to live from short to long. */
function expiring(): readonly { readonly name: string; readonly rules: SimulatedRules }[] {
  return (["lru", "fifo", "random", "lfu"] as const).flatMap((eviction) =>
    [false, true].flatMap((renewedByHits) =>
      lives.map((time) => ({
        name: `${eviction}, a life of ${time} requests${renewedByHits ? " that hits renew" : ""}`,
        rules: { capacity: 100, eviction, expiry: { time, renewedByHits } },
      })),
    ),
  );
}

function pairs(): readonly (readonly [first: SimulatedRules, second: SimulatedRules])[] {
  const sizes = [
    [20, 10],
    [10, 100],
    [50, 100],
    [100, 100],
    [20, 300],
  ] as const;
  const firsts = ["lru", "fifo", "lfu"] as const;
  const seconds = ["lru", "fifo", "random"] as const;
  return firsts.flatMap((first) =>
    seconds.flatMap((second) =>
      sizes.map(
        ([near, far]) =>
          [
            { capacity: near, eviction: first },
            { capacity: far, eviction: second },
          ] as const,
      ),
    ),
  );
}

/** The largest share of keys thrown at shards, on average. */
function thrownShares(): readonly Compared[] {
  const random = seededRandom(seed);
  return [3, 8, 16, 64].flatMap((shards) =>
    [0, 0.5, 0.8, 1, 1.2].map((skew) => {
      const popularity = zipfProbabilities(1000, skew);
      let largest = 0;
      for (let round = 0; round < throws; round++) {
        const shares = new Float64Array(shards);
        for (const p of popularity) {
          const shard = Math.floor(random() * shards);
          shares[shard] = (shares[shard] ?? 0) + p;
        }
        largest += Math.max(...shares) / throws;
      }
      const [model = 0] = hashedShares(shards, { keyCount: 1000, skew }, null);
      return { name: `${shards} shards, 1000 keys of skew ${skew}`, model, truth: largest };
    }),
  );
}

/** Models of caches against exact values and against caches simulated key by key, with seeds. */
export function cacheFidelity(): readonly FidelityRow[] {
  const exact = tabled("lru", ({ exact }) => exact);
  const hasRoom = ({ name }: Compared): boolean => Number(/room for (\d+)/.exec(name)?.[1]) >= 10;
  const expired = expiring().map(({ name, rules }) => {
    const [truth] = simulateCaches(zipfProbabilities(1000, 0.9), [rules], { requests, seed, writeRate: 0.5 });
    const demand = zipfDemand(1000, 0.9);
    const cache = steadyCache(demand, rulesOf(rules));
    return { name, rules, truth, cache, stale: stalenessOf(demand, demand, cache, 0.5) };
  });
  const refreshed = [1000, 100].flatMap((capacity) =>
    [0.05, 0.2, 0.5].flatMap((refreshWindow) =>
      [100, 300].map((time) => {
        const rules = { capacity, eviction: "lru", expiry: { time, renewedByHits: false }, refreshWindow } as const;
        const [truth] = simulateCaches(zipfProbabilities(1000, 0.9), [rules], { requests, seed });
        const cache = steadyCache(zipfDemand(1000, 0.9), rulesOf(rules));
        return {
          name: `room for ${capacity}, the last ${100 * refreshWindow} % of a life of ${time} requests`,
          cache,
          truth,
        };
      }),
    ),
  );
  const chained = pairs().map(([first, second]) => {
    const truth = simulateCaches(zipfProbabilities(1000, 1), [first, second], { requests, seed });
    const [, behind] = chainOf(1000, 1, [first, second]);
    const name = `${first.eviction} of ${first.capacity} before ${second.eviction} of ${second.capacity}`;
    const left = 1 - (behind?.cache.hitRatio ?? 0);
    return {
      name,
      model: left * totalRate(behind?.demand ?? []),
      truth: (1 - (truth[0]?.hitRatio ?? 0)) * (1 - (truth[1]?.hitRatio ?? 0)),
    };
  });
  const simulation = `caches simulated key by key, ${requests.toLocaleString("en")} requests each, seeded`;
  return [
    {
      model: "Che 2002 (LRU)",
      exactness: "approximation",
      against: "exact hit ratio (King 1971), room for 10 objects or more",
      figure: "hit ratio",
      ...compared(exact.filter(hasRoom)),
      tolerancePercent: 0.5,
      breaksWhere: "fewer than 10 objects fit, or requests come in bursts",
    },
    {
      model: "Che 2002 (LRU)",
      exactness: "approximation",
      against: "exact hit ratio (King 1971), room for 1 to 5 objects",
      figure: "hit ratio",
      ...compared(exact.filter((row) => !hasRoom(row))),
      tolerancePercent: 3.1,
      breaksWhere: "one or two objects fit",
    },
    {
      model: "Gelenbe 1973 (FIFO and RANDOM)",
      exactness: "approximation",
      against: simulation,
      figure: "hit ratio",
      ...compared(
        (["fifo", "random"] as const).flatMap((eviction) =>
          [10, 50, 200].map((capacity) => {
            const [truth] = simulateCaches(zipfProbabilities(1000, 0.9), [{ capacity, eviction }], { requests, seed });
            const name = `${eviction}, 1000 keys of skew 0.9, room for ${capacity}`;
            return { name, model: hitRatioOf(1000, 0.9, { capacity, eviction }), truth: truth?.hitRatio ?? 0 };
          }),
        ),
      ),
      tolerancePercent: 4,
      breaksWhere: "fewer than 10 objects fit",
    },
    {
      model: "Most popular keys kept (LFU)",
      exactness: "exact",
      against: "table of the mass of the most popular keys, to its six digits",
      figure: "hit ratio",
      ...compared(tabled("lfu", ({ lfu }) => lfu)),
      tolerancePercent: 5e-4,
      breaksWhere: "",
    },
    {
      model: "Memory and time to live together",
      exactness: "approximation",
      against: simulation,
      figure: "hit ratio",
      ...compared(
        expired.map(({ name, truth, cache }) => ({ name, model: cache.hitRatio, truth: truth?.hitRatio ?? 0 })),
      ),
      tolerancePercent: 2,
      breaksWhere: "popularity changes within a time to live",
    },
    {
      model: "Age of a renewal process and Poisson writes",
      exactness: "approximation",
      against: simulation,
      figure: "share of stale reads",
      ...compared(
        expired.map(({ name, truth, stale }) => ({ name, model: stale.staleReadShare, truth: truth?.staleShare ?? 0 })),
      ),
      tolerancePercent: 4,
      breaksWhere: "writes fall on other keys than reads",
    },
    {
      model: "Refresh-ahead by renewal reward",
      exactness: "approximation",
      against: simulation,
      figure: "hit ratio",
      ...compared(
        refreshed.map(({ name, truth, cache }) => ({ name, model: cache.hitRatio, truth: truth?.hitRatio ?? 0 })),
      ),
      tolerancePercent: 2,
      breaksWhere: "memory is much shorter than the life",
    },
    {
      model: "Refresh-ahead by renewal reward",
      exactness: "approximation",
      against: simulation,
      figure: "refreshes per hit",
      ...compared(
        refreshed.map(({ name, truth, cache }) => ({
          name,
          model: cache.refreshRatio,
          truth: truth?.refreshesPerHit ?? 0,
        })),
      ),
      tolerancePercent: 5,
      breaksWhere: "memory is much shorter than the life",
    },
    {
      model: "Che 2002 and Martina, Garetto, Leonardi 2014 (a cache behind a cache)",
      exactness: "approximation",
      against: simulation,
      figure: "misses of both that reach the store",
      ...compared(chained),
      tolerancePercent: 3,
      breaksWhere: "the first cache evicts at random, or the keys of the two are not the same",
    },
    {
      model: "Hottest key on one shard, or the fullest of balls in bins",
      exactness: "approximation",
      against: `keys thrown at shards ${throws} times, seeded`,
      figure: "share of the largest shard",
      ...compared(thrownShares()),
      tolerancePercent: 7,
      breaksWhere: "several keys are nearly as hot as the first, or there are few keys for each shard",
    },
  ];
}
