import { useEffect } from "react";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";
import { hasRanges } from "#src/insights/sensitivity/factors.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";

/** A design that is being edited is not studied after every key. */
const restMs = 500;

export interface KnownCertainty {
  /** The last one that was worked out; of an older design or load while `isCurrent` is false. */
  readonly certainty: Certainty | null;
  readonly isCurrent: boolean;
}

/** What is known of the certainty of the design on screen; works nothing out. */
export function useKnownCertainty(): KnownCertainty {
  const answer = useSession((state) => state.certainty.answer);
  const isCurrent = useSession(
    ({ certainty, revision, load }) =>
      certainty.answer !== null && certainty.answer.revision === revision && certainty.answer.question.load === load,
  );
  return { certainty: answer?.value ?? null, isCurrent };
}

/** Works the certainty out for as long as the caller is shown, whenever the design or the load has come to rest. */
export function useCertainty(isWanted: boolean): KnownCertainty {
  const session = useSessionCommands();
  const known = useKnownCertainty();
  const revision = useSession((state) => state.revision);
  const load = useSession((state) => state.load);
  const isAnalysed = useSession((state) => state.report !== null && state.reportRevision === state.revision);
  const isNeeded = isWanted && isAnalysed && !known.isCurrent;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer design or load is another question.
  useEffect(() => {
    if (!isNeeded) return;
    const timer = setTimeout(() => session.study({ type: "certainty", load }), restMs);
    return () => clearTimeout(timer);
  }, [session, isNeeded, revision, load]);
  return known;
}

/** True when the design states a range anywhere. */
export function useHasRanges(): boolean {
  return useSession((state) => hasRanges(state.design));
}
