import { Check, CircleHelp, CircleSlash, TriangleAlert, X } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import styles from "./chip.module.css";
import { classNames } from "./class-names.ts";
import type { GaugeState } from "./gauge-state.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

interface ChipProps {
  readonly state: GaugeState;
  readonly children: ReactNode;
}

const SIGNS: Readonly<
  Record<GaugeState, { readonly Sign: ComponentType<{ readonly "aria-hidden": "true" }>; readonly words: string }>
> = {
  ok: { Sign: Check, words: "met" },
  near: { Sign: TriangleAlert, words: "close to the limit" },
  over: { Sign: X, words: "missed" },
  failed: { Sign: CircleSlash, words: "failed" },
  unknown: { Sign: CircleHelp, words: "not known" },
};

/** A target or limit with its state: a sign, a colour and, for screen readers, a word. */
export function Chip({ state, children }: ChipProps) {
  const { Sign, words } = SIGNS[state];
  return (
    <span className={classNames(styles["chip"], state !== "unknown" && styles[state])}>
      <Sign aria-hidden="true" />
      {children}
      <VisuallyHidden>, {words}</VisuallyHidden>
    </span>
  );
}
