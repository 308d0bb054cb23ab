import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { PaneTab } from "#src/session/session.ts";
import { Badge } from "#src/ui/kit/badge.tsx";
import { ProgressBar } from "#src/ui/kit/progress-bar.tsx";
import { Tabs } from "#src/ui/kit/tabs.tsx";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import { AnalysisProblems } from "./analysis-problems.tsx";
import { CapacityTab } from "./capacity-tab.tsx";
import { CertaintyTab } from "./certainty-tab.tsx";
import { DataTab } from "./data-tab.tsx";
import { ExplanationPanel } from "./explanation-panel.tsx";
import { FindingsTab } from "./findings-tab.tsx";
import { JourneyChoiceContext } from "./journey-choice.tsx";
import { LoadCurveTab } from "./load-curve-tab.tsx";
import { OverviewTab } from "./overview-tab.tsx";
import styles from "./pane.module.css";
import { PathsTab } from "./paths-tab.tsx";
import { useComputing } from "./use-computing.ts";
import { type Highlight, HighlightContext } from "./use-highlight.ts";

const tabs: readonly { readonly id: PaneTab; readonly label: string }[] = [
  { id: "overview", label: "Overview" },
  { id: "paths", label: "Paths" },
  { id: "capacity", label: "Capacity" },
  { id: "load-curve", label: "Load curve" },
  { id: "findings", label: "Findings" },
  { id: "certainty", label: "Certainty" },
  { id: "data", label: "Data" },
];

interface AnalysisPaneProps {
  /** The settings of what is selected, shown as a tab of its own. */
  readonly inspector?: ReactNode;
}

/** What the design does under load, and the settings of what is selected. */
export function AnalysisPane({ inspector }: AnalysisPaneProps) {
  const session = useSessionCommands();
  const tab = useSession((state) => state.tab);
  const riskCount = useSession((state) => state.report?.risks.length ?? 0);
  const isComputing = useComputing();
  const highlight = useTabOfSelection();
  const [chosen, choose] = useState<string | null>(null);
  const journeyChoice = useMemo(() => ({ chosen, choose }), [chosen]);
  const content: Readonly<Record<PaneTab, ReactNode>> = {
    overview: <OverviewTab />,
    paths: <PathsTab />,
    capacity: <CapacityTab />,
    "load-curve": <LoadCurveTab />,
    data: <DataTab />,
    certainty: <CertaintyTab />,
    findings: <FindingsTab />,
    inspector,
  };
  return (
    <HighlightContext value={highlight}>
      <JourneyChoiceContext value={journeyChoice}>
        <div className={styles["frame"]}>
          <div className={styles["tabs"]}>
            <Tabs
              label="Analysis"
              value={tab}
              onChange={(id) => {
                const chosen = [...tabs.map((entry) => entry.id), "inspector" as const].find((known) => known === id);
                if (chosen !== undefined) session.showTab(chosen);
              }}
              tabs={[
                ...(inspector === undefined ? [] : [{ id: "inspector", label: "Inspect", content: inspector }]),
                ...tabs.map(({ id, label }) => ({
                  id,
                  label,
                  badge: id === "findings" && riskCount > 0 ? <Badge>{riskCount}</Badge> : undefined,
                  content: (
                    <>
                      <AnalysisProblems />
                      {content[id]}
                    </>
                  ),
                })),
              ]}
            />
          </div>
          <div className={styles["computing"]}>
            {isComputing ? <ProgressBar label="Computing" value={null} delayMs={0} /> : null}
          </div>
          <ExplanationPanel />
        </div>
      </JourneyChoiceContext>
    </HighlightContext>
  );
}

/**
 * What is selected on the canvas is shown in the inspector, and letting go of it leads back to the tab before. Selecting
 * from within the analysis stays where it is.
 */
function useTabOfSelection(): Highlight {
  const session = useSessionCommands();
  const isOwn = useRef(false);
  const tabBefore = useRef<PaneTab | null>(null);
  useEffect(
    () =>
      session.store.subscribe((now, before) => {
        if (now.selectedNodes === before.selectedNodes && now.selectedEdges === before.selectedEdges) return;
        if (isOwn.current) return;
        const isEmpty = now.selectedNodes.size + now.selectedEdges.size === 0;
        if (!isEmpty && now.tab !== "inspector") {
          tabBefore.current = now.tab;
          session.showTab("inspector");
        } else if (isEmpty && now.tab === "inspector" && tabBefore.current !== null) {
          session.showTab(tabBefore.current);
          tabBefore.current = null;
        }
      }),
    [session],
  );
  return useCallback(
    (nodes, edges = []) => {
      isOwn.current = true;
      session.select(nodes, edges);
      isOwn.current = false;
    },
    [session],
  );
}
