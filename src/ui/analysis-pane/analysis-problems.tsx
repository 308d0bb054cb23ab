import type { Design, Problem } from "#src/design/document.ts";
import { Banner } from "#src/ui/kit/banner.tsx";
import { Button } from "#src/ui/kit/button.tsx";
import { journeyName, partName } from "#src/ui/part-name.ts";
import { type ProblemPlace, placeOfProblem } from "#src/ui/problem-place.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./pane.module.css";

const shownProblems = 5;

/** Why the design cannot be computed, and where to mend it. */
export function AnalysisProblems() {
  const problems = useSession((state) => state.analysisProblems);
  const design = useSession((state) => state.design);
  if (problems.length === 0) return null;
  return (
    <div className={styles["problems"]}>
      {problems.slice(0, shownProblems).map((problem) => (
        <ProblemBanner key={`${problem.path} ${problem.message}`} design={design} problem={problem} />
      ))}
      {problems.length > shownProblems ? (
        <p className={styles["note"]}>And {problems.length - shownProblems} more of the same kind of fault.</p>
      ) : null}
    </div>
  );
}

function ProblemBanner({ design, problem }: { readonly design: Design; readonly problem: Problem }) {
  const session = useSessionCommands();
  const place = placeOfProblem(design, problem.path);
  return (
    <Banner
      tone="over"
      title={place === null ? "This design cannot be computed" : `${placeInWords(design, place)} cannot be computed`}
      actions={
        place === null ? null : (
          <Button
            size="small"
            onClick={() => {
              session.select(place.table === "nodes" ? [place.id] : [], place.table === "edges" ? [place.id] : []);
              session.showTab("inspector");
            }}
          >
            Show it
          </Button>
        )
      }
    >
      {problem.message} Expected: {problem.expected}.
    </Banner>
  );
}

function placeInWords(design: Design, { table, id }: ProblemPlace): string {
  if (table === "journeys") return journeyName(design, id);
  if (table === "nodes") return partName(design, id);
  const edge = design.edges.get(id);
  return edge === undefined ? id : `${partName(design, edge.source)} → ${partName(design, edge.target)}`;
}
