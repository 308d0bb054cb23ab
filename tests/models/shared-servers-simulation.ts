import { seededRandom } from "#src/base/random.ts";

/** A service time of mean 1, drawn. */
function serviceSampler(variability: number, uniform: () => number): () => number {
  const scv = variability * variability;
  const exponential = (): number => -Math.log(1 - uniform());
  if (scv === 0) return () => 1;
  if (scv > 1) {
    const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
    return () => exponential() * (uniform() < often ? 0.5 / often : 0.5 / (1 - often));
  }
  const phases = Math.round(1 / scv);
  return () => {
    let sum = 0;
    for (let k = 0; k < phases; k += 1) sum += exponential();
    return sum / phases;
  };
}

/**
 * Sojourn times under processor sharing with Poisson arrivals, service mean 1, simulated: with n there, each is served at the
 * speed min(1, c/n), so that whoever has the least left in the order of the work done so far goes first.
 */
export function simulateProcessorSharing(queue: {
  readonly servers: number;
  readonly offeredLoad: number;
  readonly variability: number;
  readonly requests: number;
  readonly seed: number;
}): Float64Array {
  const random = seededRandom(queue.seed);
  // Two draws of 32 bits, so that long times are not cut.
  const uniform = (): number =>
    (Math.floor(random.next() * 2 ** 26) * 2 ** 26 + Math.floor(random.next() * 2 ** 26)) / 2 ** 52;
  const draw = serviceSampler(queue.variability, uniform);
  const sojourns = new Float64Array(queue.requests);
  /** Work done for each request there so far, and for each the work at which it is done, the next at the end. */
  let work = 0;
  let now = 0;
  let nextArrival = -Math.log(1 - uniform()) / queue.offeredLoad;
  const there: { readonly doneAt: number; readonly arrived: number }[] = [];
  for (let finished = 0; finished < queue.requests; ) {
    const first = there.at(-1);
    const speed = Math.min(1, queue.servers / Math.max(1, there.length));
    const nextEnd = first === undefined ? Number.POSITIVE_INFINITY : now + (first.doneAt - work) / speed;
    if (nextEnd <= nextArrival && first !== undefined) {
      work = first.doneAt;
      now = nextEnd;
      there.pop();
      sojourns[finished] = now - first.arrived;
      finished += 1;
      continue;
    }
    work += (nextArrival - now) * speed;
    now = nextArrival;
    nextArrival -= Math.log(1 - uniform()) / queue.offeredLoad;
    const doneAt = work + draw();
    let place = there.length;
    while (place > 0 && (there[place - 1]?.doneAt ?? 0) < doneAt) place -= 1;
    there.splice(place, 0, { doneAt, arrived: now });
  }
  return sojourns;
}
