import { describe, expect, it } from "vitest";
import { choice, delay, ModelBuilder, repeated, sequence, work } from "../model/build-model.ts";
import { callLoops } from "./call-loops.ts";
import { strongComponents } from "./strong-components.ts";

describe("call loops", () => {
  it("names the nodes of an unbounded loop in the order of the calls", () => {
    const builder = new ModelBuilder();
    const [web, orders, stock] = [builder.routine("web"), builder.routine("orders"), builder.routine("stock")];
    builder.define(web, builder.call(orders));
    builder.define(orders, sequence(work(builder.station("orders"), 1), builder.call(stock)));
    builder.define(stock, builder.call(orders));
    builder.journey(1, web);
    const result = callLoops(builder.build());
    expect(result).toEqual({ ok: false, problem: { code: "unbounded-call-loop", nodeIds: ["orders", "stock"] } });
  });

  it("allows a loop that dampens, up to a gain of just below 1", () => {
    const gain = (probability: number) => {
      const builder = new ModelBuilder();
      const [a, b] = [builder.routine("a"), builder.routine("b")];
      builder.define(a, repeated(2, builder.call(b)));
      builder.define(b, choice([probability, builder.call(a)], [1 - probability, delay(1)]));
      builder.journey(1, a);
      return callLoops(builder.build());
    };
    expect(gain(0.4999)).toEqual({ ok: true, value: [{ nodeIds: ["a", "b"] }] });
    expect(gain(0.5).ok).toBe(false);
    expect(gain(0.6).ok).toBe(false);
  });

  it("counts messages as well, which nobody waits for", () => {
    const builder = new ModelBuilder();
    const a = builder.routine("a");
    builder.define(a, builder.send(a));
    builder.journey(1, a);
    expect(callLoops(builder.build()).ok).toBe(false);
  });

  it("finds two loops whose gains only together are too much", () => {
    const builder = new ModelBuilder();
    const [a, b, c] = [builder.routine("a"), builder.routine("b"), builder.routine("c")];
    builder.define(a, sequence(repeated(0.6, builder.call(b)), repeated(0.6, builder.call(c))));
    builder.define(b, builder.call(a));
    builder.define(c, builder.call(a));
    builder.journey(1, a);
    expect(callLoops(builder.build()).ok).toBe(false);
  });
});

describe("strong components", () => {
  it("puts every component after those that it points to, for long chains too", () => {
    const count = 20_000;
    const chain = Array.from({ length: count }, (_, index) => (index + 1 < count ? [index + 1] : []));
    const components = strongComponents(chain);
    expect(components.length).toBe(count);
    expect(components[0]).toEqual([count - 1]);
    expect(components.at(-1)).toEqual([0]);
  });

  it("joins what goes round", () => {
    const components = strongComponents([[1], [2], [0, 3], []]);
    expect(components.map((members) => [...members].sort())).toEqual([[3], [0, 1, 2]]);
  });
});
