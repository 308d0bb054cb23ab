import { describe, expect, it } from "vitest";
import { ModelBuilder } from "../model/build-model.ts";
import { prepareModel } from "../solve/prepare-model.ts";
import { solveModel } from "../solve/solve-model.ts";
import { roundRobinStreams } from "./arrival-variability.ts";
import { FlowVariability } from "./flow-variability.ts";

function routed(policy: "round-robin" | "random", targets: number, utilization: number) {
  const builder = new ModelBuilder();
  const options = Array.from({ length: targets }, (_, index) => ({
    share: 1 / targets,
    step: builder.call(builder.server(`server-${index}`, { serviceMs: 10 })),
  }));
  builder.journey(targets * utilization * 100, builder.routine("balancer", { op: "route", policy, options }));
  return builder.build();
}

describe("arrivals behind a router", () => {
  it("that takes turns are Erlang: E₂/M/1 with root σ = (2ρ/(2ρ + 1 − σ))²", () => {
    const rho = 0.8;
    let sigma = 0.5;
    for (let round = 0; round < 200; round++) sigma = ((2 * rho) / (2 * rho + 1 - sigma)) ** 2;
    const model = routed("round-robin", 2, rho);
    expect([...roundRobinStreams(model).values()]).toEqual([
      [{ calls: [0], share: 0.5 }],
      [{ calls: [1], share: 0.5 }],
    ]);
    const ready = prepareModel(model);
    if (!ready.ok) throw new Error("unbounded");
    const solution = solveModel(ready.value, 1);
    const truth = 10 / (1 - sigma);
    expect(Math.abs((solution.journeys[0]?.law?.meanMs ?? 0) / truth - 1)).toBeLessThan(0.02);
  });

  it("that draws at random are Poisson", () => {
    const ready = prepareModel(routed("random", 2, 0.8));
    if (!ready.ok) throw new Error("unbounded");
    expect(solveModel(ready.value, 1).journeys[0]?.law?.meanMs).toBeCloseTo(50, 9);
  });

  it("that meet other arrivals lie between, and are Poisson when all are", () => {
    const flows = new FlowVariability([], { into: [], order: [], loopOf: [], behindCall: new Map() });
    const turns = (arrivalShare: number) => [{ share: 0.25, arrivalShare, inflows: [] }];
    expect(flows.arrivalScv(0, 0.7, turns(1))).toBeCloseTo(0.25, 12);
    expect(flows.arrivalScv(0, 0.7, [])).toBe(1);
    const mixed = flows.arrivalScv(0, 0.7, turns(0.7));
    expect(mixed).toBeGreaterThan(0.3 + 0.7 * 0.25);
    expect(mixed).toBeLessThan(1);
  });

  it("leave no figure undefined without load", () => {
    const ready = prepareModel(routed("round-robin", 3, 0.5));
    if (!ready.ok) throw new Error("unbounded");
    const solution = solveModel(ready.value, 0);
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(10, 9);
    expect(solution.stations.map(({ utilization, meanWaitMs }) => [utilization, meanWaitMs])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(() => solveModel(ready.value, Number.NaN)).toThrow(RangeError);
  });
});
