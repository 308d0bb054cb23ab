import { delay, hold, ModelBuilder, sequence, work } from "#src/analysis/model/build-model.ts";
import type { AnalysisModel, RoutingPolicy } from "#src/analysis/model/program.ts";

/** A network that is held against simulation. */
export interface NetworkCase {
  readonly name: string;
  readonly group: "exponential" | "line" | "balanced" | "held" | "closed" | "closed general" | "closed mixed";
  readonly model: AnalysisModel;
}

const laws = [
  ["constant", 0],
  ["Erlang-4", 0.5],
  ["exponential", 1],
  ["hyperexponential c² = 4", 2],
] as const;

/** All networks: lines, routers before services before a store, held servers; closed users at light, middle and heavy load. */
export function networkCases(): readonly NetworkCase[] {
  return [...lines(), ...behindRouters(), ...held(), ...closed()];
}

/** Stations of 4, 8 and 2 servers in line. */
function lines(): readonly NetworkCase[] {
  const servers = [4, 8, 2];
  return laws.flatMap(([law, variability]) =>
    [0.6, 0.8, 0.9].map((utilization): NetworkCase => {
      const builder = new ModelBuilder();
      const stations = servers.map((count, index) =>
        builder.station(`s${index}`, { servers: count, serviceMs: count }),
      );
      const visit = sequence(...stations.map((station, index) => work(station, servers[index] ?? 1, variability)));
      builder.journey(utilization * 1000, builder.routine("client", visit));
      return {
        name: `4/8/2 servers, ${law}, ρ = ${utilization}`,
        group: variability === 1 ? "exponential" : "line",
        model: builder.build(),
      };
    }),
  );
}

/** A router, four services behind it, and one store behind all of them. */
function behindRouters(): readonly NetworkCase[] {
  const policies: readonly RoutingPolicy[] = ["round-robin", "random"];
  return laws
    .filter(([, variability]) => variability !== 1)
    .flatMap(([law, variability]) =>
      policies.flatMap((policy) =>
        [0.6, 0.85].map((utilization): NetworkCase => {
          const builder = new ModelBuilder();
          const store = builder.server("store", { serviceMs: 2 });
          const options = [0, 1, 2, 3].map((index) => {
            const service = builder.server(`service-${index}`, { serviceMs: 8, variability }, builder.call(store));
            return { share: 0.25, step: builder.call(service) };
          });
          builder.journey(utilization * 500, builder.routine("router", { op: "route", policy, options }));
          return {
            name: `${policy} over 4 services (${law}), one store, ρ = ${utilization}`,
            group: "balanced",
            model: builder.build(),
          };
        }),
      ),
    );
}

/** A service that keeps its worker during a call, and another store afterwards. */
function held(): readonly NetworkCase[] {
  return laws
    .filter(([, variability]) => variability !== 1)
    .map(([law, variability]): NetworkCase => {
      const builder = new ModelBuilder();
      const inner = builder.server("inner", { serviceMs: 1, variability });
      const pool = builder.station("service", { serviceMs: 4, servers: 16 });
      const service = builder.routine("service", hold(pool, delay(4, variability), builder.call(inner)));
      const after = builder.server("after", { serviceMs: 1, variability });
      builder.journey(700, builder.routine("client", sequence(builder.call(service), builder.call(after))));
      return { name: `held workers, then a store (${law})`, group: "held", model: builder.build() };
    });
}

function closed(): readonly NetworkCase[] {
  const twoTiers = (users: number, variability: number, group: NetworkCase["group"]): NetworkCase => {
    const builder = new ModelBuilder();
    const store = builder.server("store", { serviceMs: 20, variability });
    const service = builder.server("service", { serviceMs: 30, servers: 4, variability }, builder.call(store));
    builder.closedJourney(users, 500, builder.routine("client", builder.call(service)));
    return { name: `${users} users, 4 workers, one store, c² = ${variability ** 2}`, group, model: builder.build() };
  };
  const repair = (users: number): NetworkCase => {
    const builder = new ModelBuilder();
    const service = builder.server("service", { serviceMs: 30, servers: 2 });
    builder.closedJourney(users, 300, builder.routine("client", builder.call(service)));
    return { name: `${users} users of 2 servers alone`, group: "closed", model: builder.build() };
  };
  const pooled = (users: number): NetworkCase => {
    const builder = new ModelBuilder();
    const store = builder.server("store", { serviceMs: 20 });
    const pool = builder.station("service", { serviceMs: 30, servers: 4 });
    const service = builder.routine("service", hold(pool, delay(30, 1), builder.call(store)));
    builder.closedJourney(users, 500, builder.routine("client", builder.call(service)));
    return { name: `${users} users of 4 held workers`, group: "closed general", model: builder.build() };
  };
  return [
    ...[5, 20, 30, 60].map((users) => twoTiers(users, 1, "closed")),
    ...[5, 20].map(repair),
    ...[10, 25, 40].flatMap((users) => [0, 0.5, 2].map((v) => twoTiers(users, v, "closed general"))),
    ...[10, 25, 40].map(pooled),
    ...mixed(),
  ];
}

/** Users beside an open journey, and two kinds of users. */
function mixed(): readonly NetworkCase[] {
  const beside = [5, 15, 30].map((ratePerSecond): NetworkCase => {
    const builder = new ModelBuilder();
    const [service, store] = [builder.station("service", { serviceMs: 30, servers: 4 }), builder.station("store")];
    builder.closedJourney(20, 500, builder.routine("users", sequence(work(service, 30), work(store, 20))));
    builder.journey(ratePerSecond, builder.routine("stream", work(store, 20), 1));
    return { name: `20 users beside ${ratePerSecond} requests/s`, group: "closed mixed", model: builder.build() };
  });
  const kinds = [2, 8].map((many): NetworkCase => {
    const builder = new ModelBuilder();
    const [service, store] = [builder.station("service", { serviceMs: 30, servers: 4 }), builder.station("store")];
    builder.closedJourney(20, 500, builder.routine("slow", sequence(work(service, 30), work(store, 20))));
    const twice = sequence(work(service, 30), work(store, 20), work(store, 20));
    builder.closedJourney(many, 100, builder.routine("quick", twice, 1));
    return { name: `20 users beside ${many} quicker ones`, group: "closed mixed", model: builder.build() };
  });
  return [...beside, ...kinds];
}
