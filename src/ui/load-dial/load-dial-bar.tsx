import { declaredTotalPerSecond } from "#src/compile/journey-rates.ts";
import { LoadDial } from "#src/ui/kit/load-dial.tsx";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";

/** The load dial of the open design: everything answers while it is dragged. */
export function LoadDialBar() {
  const session = useSessionCommands();
  const load = useSession((state) => state.load);
  const sustainable = useSession((state) => state.report?.maxLoad ?? null);
  const withinTargets = useSession((state) => state.report?.maxLoadWithinTargets ?? null);
  const isSeekingTargets = useSession((state) => state.report?.isMaxLoadWithinTargetsPending === true);
  const hasTargets = useSession((state) =>
    [...state.design.journeys.values()].some((journey) => (journey.latencyTargets ?? []).length > 0),
  );
  const declared = useSession((state) => declaredTotalPerSecond(state.design));
  return (
    <LoadDial
      load={load}
      declaredRate={declared === 0 ? null : declared}
      sustainable={sustainable}
      withinTargets={hasTargets ? withinTargets : null}
      isSeekingTargets={isSeekingTargets}
      onChange={session.setLoad}
      onCommit={session.setLoad}
    />
  );
}
