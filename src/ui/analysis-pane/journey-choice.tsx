import { createContext, useContext } from "react";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import { journeyName } from "#src/ui/part-name.ts";

/** The journey that the pane speaks of, on every tab that shows one. */
export const JourneyChoiceContext = createContext<{
  readonly chosen: string | null;
  readonly choose: (id: string) => void;
}>({
  chosen: null,
  choose: () => {
    throw new Error("This part of the analysis stands outside its pane");
  },
});

/** The chosen journey while it exists, else the first. */
export function useJourneyChoice(report: AnalysisReport | null): JourneyReport | null {
  const { chosen } = useContext(JourneyChoiceContext);
  const journeys = report?.journeys ?? [];
  return journeys.find(({ id }) => id === chosen) ?? journeys[0] ?? null;
}

interface JourneyChoiceProps {
  readonly design: Design;
  readonly report: AnalysisReport;
  readonly shown: string;
}

export function JourneyChoice({ design, report, shown }: JourneyChoiceProps) {
  const { choose } = useContext(JourneyChoiceContext);
  return (
    <SelectField
      label="Journey"
      value={shown}
      options={report.journeys.map(({ id }) => ({ value: id, label: journeyName(design, id) }))}
      onChange={choose}
    />
  );
}
