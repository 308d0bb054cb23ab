import { byDefinition, quantity } from "#library/contract/settings.ts";

export const cachedRatio = quantity({
  title: "Answers kept by resolvers",
  unit: "ratio",
  default: 0,
  minimum: 0,
  maximum: 1,
  help: "Share of the requests whose resolver still holds the answer: they neither load the name server nor spend time there. 0 counts a lookup for every request.",
  source: byDefinition,
  group: "Routing",
});
