import { estimate, quantity } from "./settings.ts";

/** For routers that can choose by hash: the points of each target on the ring. */
export const virtualNodes = quantity({
  title: "Virtual nodes per target",
  unit: "count",
  default: 100,
  minimum: 1,
  maximum: 100_000,
  integer: true,
  help: "Only with the policy hash: points that each target has on the ring. The shares of the targets spread by about 1/√(virtual nodes) around their mean.",
  source: estimate("100 points keep the spread of the shares near 10 %; libraries use from 100 to a few hundred."),
  group: "Routing",
  advanced: true,
});
