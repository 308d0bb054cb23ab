/**
 * The times between arrivals at a queue that gets a given share of a stream in turn. Every N-th request for equal shares 1/N: Erlang
 * times of N phases if the stream is Poisson, exact. Unequal weights, dealt out as evenly as whole numbers allow (smooth weighted
 * round robin): gaps of ⌊1/share⌋ or one more requests, which give the squared variation (c²m + f(1 − f))/m² with m = 1/share and
 * its fraction f; gaps are taken to be independent of each other.
 *
 * @param share above 0, at most 1
 * @param arrivalScv squared coefficient of variation of the times between the arrivals of the whole stream
 */
export function alternatingArrivals(
  share: number,
  arrivalScv: number,
): { readonly arrivalScv: number; readonly arrivalPhases: number | null } {
  const mean = 1 / share;
  const whole = Math.round(mean);
  if (Math.abs(mean - whole) < 1e-9 * mean) {
    return { arrivalScv: arrivalScv / whole, arrivalPhases: arrivalScv === 1 ? whole : null };
  }
  const fraction = mean - Math.floor(mean);
  return { arrivalScv: (arrivalScv * mean + fraction * (1 - fraction)) / (mean * mean), arrivalPhases: null };
}
