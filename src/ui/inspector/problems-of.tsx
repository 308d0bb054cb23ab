import type { Design } from "#src/design/document.ts";
import { Banner } from "#src/ui/kit/banner.tsx";
import { placeOfProblem } from "#src/ui/problem-place.ts";
import { useSession } from "#src/ui/use-session.ts";

interface ProblemsOfProps {
  readonly design: Design;
  /** The node or edge that is selected. */
  readonly id: string;
}

/** Why the design cannot be computed, as far as this part is the reason. */
export function ProblemsOf({ design, id }: ProblemsOfProps) {
  const problems = useSession((state) => state.analysisProblems);
  return problems
    .filter((problem) => placeOfProblem(design, problem.path)?.id === id)
    .map((problem) => (
      <Banner key={`${problem.path} ${problem.message}`} tone="over" title="Cannot be computed">
        {problem.message} Expected: {problem.expected}.
      </Banner>
    ));
}
