import type { Station } from "../model/program.ts";
import type { Inflow, StreamOrigins } from "./stream-origins.ts";

/** A station as the variability of flows sees it, at given flows. */
export interface FlowStation {
  readonly station: Station;
  /** Busy servers over all servers. A part that is full counts as 1. */
  readonly utilization: number;
  readonly serviceScv: number;
  /** Share of the arrivals that it completes. */
  readonly completedShare: number;
}

/** A round-robin stream: its share of the router's requests, its share of the station's arrivals, and what the router got. */
export interface RotatedFlow {
  readonly share: number;
  readonly arrivalShare: number;
  readonly inflows: readonly Inflow[];
}

/** QNA's lower bound for the variation of a service in the flow that leaves it (Whitt 1983, equation 38). */
const LEAST_SERVICE_SCV = 0.2;
/** Arrivals that differ from Poisson by less than the first are Poisson, by more than the second they are what they are. */
const POISSON_WITHIN = 0.01;
const AS_IT_IS_FROM = 0.03;

/**
 * How irregular the flows between stations are, by the traffic variability equations of the Queueing Network Analyzer (Whitt
 * 1983, Bell Syst. Tech. J. 62(9), section IV): the squared coefficient of variation c² of the times between requests of a
 * stream, written here as what it is above 1, so that Poisson flows stay Poisson to the last digit.
 *
 * - Departures of a station of m servers: c_d² = 1 + (1 − ρ²)(c_a² − 1) + ρ²(max(c_s², 0.2) − 1)/√m.
 * - The part p of a stream, drawn at random: p·c² + 1 − p. So is what a full queue or a limiter lets through.
 * - Several streams meet: w·Σ(λᵢ/λ)cᵢ² + 1 − w with w = 1/(1 + 4(1 − ρ)²(ν − 1)) and ν = 1/Σ(λᵢ/λ)².
 * - Queues of their own (random, hash) leave as many independent streams; a rotation is as good as one line for what comes after
 *   it, because its streams, taken together again, are what it dealt out.
 * - A delay keeps c², and so does a server that is held during calls.
 *
 * Journeys are Poisson from outside, and so is taken what comes back to a station, by itself or by way of others: with
 * feedback the equations of 1983 are further off than Poisson flows (measured in `tests/models/networks-of-general-service.test.ts`),
 * and without it they are solved in one pass, origins first. What is left out: that calls of one visit in parallel arrive
 * together, and all correlation of streams.
 *
 * Error of the mean response of stations of 4, 8 and 2 servers in line at ρ = 0.6 / 0.8 / 0.9 against simulation: exponential
 * none, H₂ (c² = 4) +1 / +2 / +1 %, Erlang-4 0 / +3 / +5 %, constant +3 / +12 / +29 % (too long a wait: behind a constant
 * service nobody waits); with Poisson flows −2 / −7 / −11 %, +1 / +7 / +14 % and +4 / +18 / +43 %. Single waits: up to 35 %.
 */
export class FlowVariability {
  /** By station, c² − 1 of arrivals as if routers drew at random. */
  private readonly excess: Float64Array;
  private readonly stations: readonly (FlowStation | null)[];
  private readonly origins: StreamOrigins;

  /** `stations` has null for those whose servers are held during calls. */
  constructor(stations: readonly (FlowStation | null)[], origins: StreamOrigins) {
    this.stations = stations;
    this.origins = origins;
    this.excess = new Float64Array(stations.length);
    for (const index of origins.order) {
      const station = stations[index] ?? null;
      if (station !== null) this.excess[index] = this.superposed(this.inflows(index), station.utilization);
    }
  }

  /**
   * Squared coefficient of variation of the times between arrivals at a station, with what round-robin routers deal out:
   * every k-th request of a stream has c²/k. So near to 1 that no figure tells the difference it is 1.
   */
  arrivalScv(index: number, utilization: number, rotated: readonly RotatedFlow[]): number {
    const inflows = this.inflows(index);
    if (rotated.length === 0) return nearPoisson(1 + this.superposed(inflows, utilization));
    const rest = new Map(inflows.map((inflow) => [inflow.origin, inflow.share]));
    let excess = 0;
    let squares = 0;
    let outside = 1;
    for (const { share, arrivalShare, inflows: before } of rotated) {
      excess += arrivalShare * (share * (1 + this.superposed(before, utilization)) - 1);
      squares += arrivalShare * arrivalShare;
      outside -= arrivalShare;
      for (const { origin, share: part } of before) rest.set(origin, (rest.get(origin) ?? 0) - part * arrivalShare);
    }
    for (const { origin, share, kept } of inflows) {
      const left = Math.max(0, rest.get(origin) ?? 0);
      if (left <= ROUNDING) continue;
      excess += left * kept * (left / share) * this.departureExcess(origin);
      squares += (left * left) / this.streams(origin);
      outside -= left;
    }
    // A rest within rounding of nothing is nothing.
    if (outside > ROUNDING) squares += outside * outside;
    return 1 + meetingWeight(squares, utilization) * excess;
  }

  /** Whether the arrivals of a station are other than Poisson, whatever is taken for them. */
  isShaped(index: number): boolean {
    if (this.inflows(index).some(({ origin }) => this.departureExcess(origin) !== 0)) return true;
    const loop = this.origins.loopOf[index] ?? -1;
    return loop >= 0 && this.stations.some((other, at) => this.origins.loopOf[at] === loop && other?.serviceScv !== 1);
  }

  private inflows(index: number): readonly Inflow[] {
    return this.origins.into[index] ?? [];
  }

  /** c² − 1 of streams that meet in front of a station; those from outside are Poisson. */
  private superposed(inflows: readonly Inflow[], utilization: number): number {
    let excess = 0;
    let squares = 0;
    let outside = 1;
    for (const { origin, share, kept } of inflows) {
      excess += share * kept * this.departureExcess(origin);
      squares += (share * share) / this.streams(origin);
      outside -= share;
    }
    if (excess === 0) return 0;
    if (outside > ROUNDING) squares += outside * outside;
    return meetingWeight(squares, utilization) * excess;
  }

  /** Independent streams that leave a station. */
  private streams(index: number): number {
    const found = this.stations[index];
    return found === undefined || found === null ? 1 : ownQueues(found.station);
  }

  /** c² − 1 of each of the streams that leave a station. */
  private departureExcess(index: number): number {
    const found = this.stations[index] ?? null;
    if (found === null) return 0;
    const { station, utilization, serviceScv, completedShare } = found;
    const queues = ownQueues(station);
    const servers = queues === 1 ? station.servers * station.queues : station.servers;
    const busy = Math.min(1, utilization) ** 2;
    const arriving = ((this.excess[index] ?? 0) * completedShare) / queues;
    return (1 - busy) * arriving + (busy * (Math.max(serviceScv, LEAST_SERVICE_SCV) - 1)) / Math.sqrt(servers);
  }
}

const ROUNDING = 1e-9;

function ownQueues({ queues, dispatch }: Station): number {
  return dispatch === "random" || dispatch === "hash" ? queues : 1;
}

/** w of Whitt 1983, equations 29 and 30, from the sum of the squared shares. */
function meetingWeight(squares: number, utilization: number): number {
  const slack = 1 - Math.min(1, utilization);
  return 1 / (1 + 4 * slack * slack * Math.max(0, 1 / squares - 1));
}

/** Without a step, so that figures do not jump with the load. */
function nearPoisson(scv: number): number {
  const off = Math.abs(scv - 1);
  if (off <= POISSON_WITHIN) return 1;
  if (off >= AS_IT_IS_FROM) return scv;
  return 1 + (Math.sign(scv - 1) * (off - POISSON_WITHIN) * AS_IT_IS_FROM) / (AS_IT_IS_FROM - POISSON_WITHIN);
}
