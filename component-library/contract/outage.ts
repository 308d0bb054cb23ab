import type { SettingSource } from "./kind.ts";
import { quantity } from "./settings.ts";

/** The failure of a place: everything inside is down with it. */
export function outageSettings(defaults: {
  readonly mtbfHours: number;
  readonly mttrMinutes: number;
  readonly of: string;
  readonly source: SettingSource;
}) {
  return {
    mtbfHours: quantity({
      title: `Time between outages of the ${defaults.of}`,
      unit: "hours",
      default: defaults.mtbfHours,
      minimum: 0.01,
      maximum: 1e9,
      help: "Mean hours between two outages that take everything inside down together.",
      source: defaults.source,
      group: "Failure",
    }),
    mttrMinutes: quantity({
      title: "Length of an outage",
      unit: "minutes",
      default: defaults.mttrMinutes,
      minimum: 0,
      maximum: 1e7,
      help: "Mean minutes until everything inside can serve again.",
      source: defaults.source,
      group: "Failure",
    }),
  };
}
