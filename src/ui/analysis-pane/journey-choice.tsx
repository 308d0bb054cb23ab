import { useState } from "react";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import { journeyName } from "#src/ui/part-name.ts";

/** The journey that a tab speaks of: the chosen one while it exists, else the first. */
export function useJourneyChoice(report: AnalysisReport | null): {
  readonly journey: JourneyReport | null;
  readonly choose: (id: string) => void;
} {
  const [chosen, setChosen] = useState<string | null>(null);
  const journeys = report?.journeys ?? [];
  return { journey: journeys.find(({ id }) => id === chosen) ?? journeys[0] ?? null, choose: setChosen };
}

interface JourneyChoiceProps {
  readonly design: Design;
  readonly report: AnalysisReport;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function JourneyChoice({ design, report, chosen, onChoose }: JourneyChoiceProps) {
  return (
    <SelectField
      label="Journey"
      value={chosen}
      options={report.journeys.map(({ id }) => ({ value: id, label: journeyName(design, id) }))}
      onChange={onChoose}
    />
  );
}
