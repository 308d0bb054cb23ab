import * as v from "valibot";
import { byDefinition, text } from "#library/contract/settings.ts";

export const settings = v.object({
  purpose: text({
    title: "Purpose",
    default: "",
    help: "What the nodes inside have in common.",
    source: byDefinition,
    group: "Boundary",
  }),
});
