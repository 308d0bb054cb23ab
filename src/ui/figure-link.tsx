import type { ReactNode } from "react";
import type { FigureReference } from "#src/insights/explanation.ts";
import { Figure } from "./kit/figure.tsx";
import { useSessionCommands } from "./use-session.ts";

interface FigureLinkProps {
  readonly figure: FigureReference;
  /** What the figure is, for screen readers: "utilisation of the link store". */
  readonly label: string;
  readonly strong?: boolean;
  readonly children: ReactNode;
}

/** A figure of the report that explains itself when it is pressed. */
export function FigureLink({ figure, label, strong = false, children }: FigureLinkProps) {
  const session = useSessionCommands();
  return (
    <Figure explainLabel={label} strong={strong} onExplain={() => session.explain(figure)}>
      {children}
    </Figure>
  );
}
