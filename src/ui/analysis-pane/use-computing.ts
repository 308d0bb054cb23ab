import { useEffect, useState } from "react";
import { useSession } from "#src/ui/use-session.ts";

const calmDelayMs = 150;

/** True when the figures on screen are of an older design or load for longer than an eye would forgive. */
export function useComputing(): boolean {
  const isBehind = useSession(
    (state) =>
      state.analysisFailure === null &&
      (state.reportRevision !== state.revision || (state.report !== null && state.report.load !== state.load)),
  );
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setLate(true), calmDelayMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isBehind]);
  return isBehind && isLate;
}
