/** How far a model of a station may be from theory or measurement, and where it must not be trusted. */
export interface Tolerance {
  /** Largest relative error, in percent. */
  readonly percent: number;
  readonly breaksWhere: string;
}

const exact: Tolerance = { percent: 1e-7, breaksWhere: "" };
const exactPercentile: Tolerance = { percent: 1e-4, breaksWhere: "" };
/** Exact models against tables with so many digits. */
const toTable = (percent: number): Tolerance => ({ percent, breaksWhere: "" });
const within = (percent: number, breaksWhere: string): Tolerance => ({ percent, breaksWhere });

const heavyTails = "beyond p99: two moments do not tell the tail";
const irregularArrivals = "constant times between arrivals together with regular service at several servers";
const variedService = "service times that vary much more than exponential ones, first come, first served";
const fewPlaces = "one or two places a queue below saturation";

/** One tolerance a model and figure: the table that the tests and the fidelity page go by. */
export const stationTolerances = {
  "M/M/c": { probability: exact, mean: exact, percentile: exactPercentile },
  "Erlang B": { probability: exact },
  "M/G/1": { mean: exact, percentile: within(3.5, "") },
  "M/D/c, M/PH/c": { mean: toTable(1e-4), percentile: within(4, "") },
  "M/G/c between exact neighbours": { mean: within(1, "light load, where waits are a hundredth of a service") },
  "M/G/c beyond 16 servers": {
    mean: within(2.8, "c² above 4, which the next line is about"),
    irregular: within(30, "c² = 9 below ρ = 0.85, where a few long services decide"),
    negligible: within(0.3, "waits that are not small beside the service"),
    percentile: within(4, "c² above 4"),
  },
  "M/G/c, lognormal service by two moments": {
    mean: within(13, heavyTails),
    percentile: within(44, heavyTails),
  },
  "M/G/c, Pareto service by two moments": {
    mean: within(25, heavyTails),
    percentile: within(65, heavyTails),
  },
  "GI/G/1, GI/G/c": { mean: within(20, irregularArrivals), percentile: within(28, irregularArrivals) },
  "E_N/M/1": { mean: toTable(0.01) },
  "join the shortest queue": {
    exact: within(0.3, variedService),
    mean: within(0.5, variedService),
    servers: within(2, variedService),
  },
  "power of two choices": { mean: within(1, variedService), servers: within(3, variedService) },
  "M/G/c/K": { loss: within(17, fewPlaces), mean: within(12.5, fewPlaces) },
  "Erlang-A": { published: toTable(1), mean: exact, percentile: exactPercentile },
  "M/G/c+M": {
    abandoned: within(18, "c² = 4 with several servers below saturation"),
    mean: within(18, "c² = 4 with several servers below saturation"),
  },
  "join the shortest queue, with patience": { abandoned: within(4, variedService) },
  "power of two choices, with patience": { abandoned: within(14, "several servers a queue above capacity") },
  "weighted round robin": { mean: within(12, "two instances of very unequal weight") },
  "M/M/c processor sharing": { mean: exact, percentile: exactPercentile },
  "M/G/c processor sharing": {
    // The simulation itself is off by as much.
    mean: within(4, "nothing found: the simulation is off by as much"),
    percentile: within(32, "p999 of constant service, and the median with c² = 4 and more at ρ = 0.9"),
  },
  "universal scalability law": { mean: exact, published: within(13, "a single server: the fit is of many") },
  "hash ring": { spread: toTable(0.6), largest: within(1.8, "") },
} as const satisfies Record<string, Record<string, Tolerance>>;
