import type { DesignEdge } from "#src/design/document.ts";
import {
  circuitBreakerDefaults,
  type EdgeSettingName,
  edgeSettingFields,
  edgeSettingsOf,
} from "#src/design/edge-settings.ts";
import type { Explanation } from "./explanation.ts";
import { formatSetting } from "./format-setting.ts";

/** The named settings of an edge as assumptions: set in this design, or the default of the form with its source. */
export function edgeAssumptions(edge: DesignEdge, names: readonly EdgeSettingName[]): Explanation["assumptions"] {
  const stated = edgeSettingsOf(edge);
  return edgeSettingFields
    .filter(({ name }) => names.includes(name))
    .map(({ name, title, unit, defaultValue, source }) => {
      const value = stated[name];
      return {
        setting: title,
        value:
          typeof value === "object"
            ? name === "calls"
              ? "by journey"
              : "yes"
            : formatSetting(value ?? defaultValue, unit),
        source: value === undefined ? `default: ${source.text}` : "set in this design",
        isDefault: value === undefined,
      };
    });
}

const breakerSettings = [
  ["failureRatio", "Breaker: share of failures that opens it", "ratio"],
  ["minimumCalls", "Breaker: calls before it may open", "count"],
  ["windowMs", "Breaker: time that it looks back", "ms"],
  ["openMs", "Breaker: time that it stays open", "ms"],
  ["halfOpenCalls", "Breaker: probes before it closes", "count"],
] as const;

/** What the circuit breaker of an edge goes by. */
export function breakerAssumptions(edge: DesignEdge): Explanation["assumptions"] {
  const { circuitBreaker } = edgeSettingsOf(edge);
  const stated = typeof circuitBreaker === "object" ? circuitBreaker : {};
  return breakerSettings.map(([name, setting, unit]) => ({
    setting,
    value: formatSetting(stated[name] ?? circuitBreakerDefaults[name], unit),
    source: stated[name] === undefined ? "default: Netflix Hystrix, Configuration" : "set in this design",
    isDefault: stated[name] === undefined,
  }));
}
