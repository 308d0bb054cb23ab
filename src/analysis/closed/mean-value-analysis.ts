/** A class of users with its own demands. */
export interface UserClass {
  /** An integer from 0. */
  readonly users: number;
  /** Mean time of a cycle that no station serves, 0 or more. */
  readonly thinkTimeMs: number;
  /** Visits times service time at each station, 0 or more. */
  readonly demandMs: readonly number[];
}

export interface MeanValues {
  /** By class. */
  readonly cyclesPerMs: readonly number[];
  /** By class and station: time of a cycle that is spent there, waiting and being served. */
  readonly residenceMs: readonly (readonly number[])[];
  /** By class and station: mean number there. */
  readonly queue: readonly (readonly number[])[];
}

/** How many populations `exactMeanValues` goes through. */
export function populations(classes: readonly UserClass[]): number {
  return classes.reduce((product, { users }) => product * (users + 1), 1);
}

/**
 * Exact mean value analysis of a closed network of several classes (Reiser and Lavenberg 1980, J. ACM 27(2)): single servers in
 * product form (processor sharing, or first come, first served with one exponential service for all classes) and delays. Goes
 * through all populations up to the given one: for each, who arrives finds what one user less of its class leaves behind.
 *
 * `openUtilization` is what open classes take of each station, below 1; they stretch every demand by 1/(1 − ρ) (mixed networks:
 * Reiser and Kobayashi 1975; Bolch et al. 2006, section 8.3), and `openResidence` tells what they meet.
 */
export function exactMeanValues(classes: readonly UserClass[], openUtilization: readonly number[] = []): MeanValues {
  const stations = classes[0]?.demandMs.length ?? 0;
  const demands = classes.map(({ demandMs }) =>
    demandMs.map((demand, index) => demand / (1 - (openUtilization[index] ?? 0))),
  );
  const strides: number[] = [];
  let count = 1;
  for (const { users } of classes) {
    strides.push(count);
    count *= users + 1;
  }
  // Mean number at each station, all classes together, by population.
  const found = new Float64Array(count * stations);
  const cyclesPerMs = classes.map(() => 0);
  const residenceMs = classes.map(() => new Array<number>(stations).fill(0));
  for (let place = 1; place < count; place++) {
    classes.forEach(({ users, thinkTimeMs }, at) => {
      const stride = strides[at] ?? 1;
      const present = Math.floor(place / stride) % (users + 1);
      cyclesPerMs[at] = 0;
      if (present === 0) return;
      let cycleMs = thinkTimeMs;
      for (let index = 0; index < stations; index++) {
        const residence = (demands[at]?.[index] ?? 0) * (1 + (found[(place - stride) * stations + index] ?? 0));
        const row = residenceMs[at];
        if (row !== undefined) row[index] = residence;
        cycleMs += residence;
      }
      cyclesPerMs[at] = present / cycleMs;
    });
    for (let index = 0; index < stations; index++) {
      let sum = 0;
      for (const [at, cycles] of cyclesPerMs.entries()) sum += cycles * (residenceMs[at]?.[index] ?? 0);
      found[place * stations + index] = sum;
    }
  }
  const none = (at: number): boolean => (classes[at]?.users ?? 0) === 0;
  return {
    cyclesPerMs,
    residenceMs: residenceMs.map((row, at) => (none(at) ? row.map(() => 0) : row)),
    queue: residenceMs.map((row, at) => row.map((residence) => (cyclesPerMs[at] ?? 0) * residence)),
  };
}

/**
 * Time that an open request spends at a single server in product form beside closed users: D(1 + Q)/(1 − ρ), Q the mean number of
 * users there and ρ what all open classes take.
 */
export function openResidence(demandMs: number, closedQueue: number, openUtilization: number): number {
  return (demandMs * (1 + closedQueue)) / (1 - openUtilization);
}
