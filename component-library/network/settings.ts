import * as v from "valibot";
import { byDefinition, choice } from "#library/contract/settings.ts";

export const settings = v.object({
  access: choice({
    title: "Access",
    default: "private",
    choices: [
      { value: "private", title: "Private" },
      { value: "public", title: "Public" },
    ],
    help: "Public: reachable from the internet. Private: only from inside the design.",
    source: byDefinition,
    group: "Network",
  }),
});
