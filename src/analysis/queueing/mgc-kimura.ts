import { waitRatioMDc } from "./mdc-cosmetatos.ts";

/**
 * Mean wait of M/G/c over that of M/M/c (Kimura 1986): (1 + c²)/((1 − c²)/R + 2c²), where R is the ratio of M/D/c.
 * Exact for constant (as far as R is) and exponential service and for one server. Error against exact values: 0.5 % up
 * to c² = 1 and 1.5 % up to c² = 4 from ρ = 0.7, 4–7 % below.
 *
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0 and at most 1
 * @param serviceScv squared coefficient of variation c² of the service time, 0 to 4 (above, the denominator nears 0)
 */
export function waitRatioMGc(servers: number, utilization: number, serviceScv: number): number {
  const deterministic = waitRatioMDc(servers, utilization);
  return (1 + serviceScv) / ((1 - serviceScv) / deterministic + 2 * serviceScv);
}
