/** Several classes of users in one closed network. */
export interface ClosedClasses {
  readonly classes: readonly ClosedClass[];
  /** Visits of a class at each station in a cycle are in `ClosedClass.visits`, in this order. */
  readonly stations: readonly SharedStation[];
}

export interface ClosedClass {
  /** 0 or more; a fraction stands between two numbers of users. */
  readonly users: number;
  /** Mean time of a cycle that is spent waiting at no station: thinking, being served, delays. 0 or more. */
  readonly delayMs: number;
  readonly visits: readonly number[];
}

export interface SharedStation {
  /** Mean time that a visit keeps a server, whoever comes; without the waits at the stations of `inside`. */
  readonly serviceMs: number;
  /** Visits at other stations while a server here is kept, by their place; left out for none. */
  readonly inside?: readonly number[];
  readonly servers: number;
  /** Squared coefficient of variation of the service time; 1 is product form. */
  readonly serviceScv: number;
  /** Visits per ms of requests that belong to no user: open journeys, messages. */
  readonly openPerMs: number;
  /** Most users that can be here, when servers are held for what happens here; null for all. */
  readonly mostUsers: number | null;
  /** So many stations like it, each visited as often. Default 1. */
  readonly copies?: number;
}

export interface ClosedClassesSolution {
  /** By class. */
  readonly cyclesPerMs: readonly number[];
  /** By class and station: mean wait of a visit. */
  readonly waitMs: readonly (readonly number[])[];
  /** By station: mean wait of requests that belong to no user. */
  readonly openWaitMs: readonly number[];
  readonly settled: boolean;
}
