import { useEffect, useState } from "react";
import { kindDirectory } from "#library/catalogue.ts";
import { formatCount } from "#src/base/format.ts";
import { applyInstancePlan } from "#src/design/commands/apply-instance-plan.ts";
import { defaultHeadroom, type InstancePlan } from "#src/insights/planner/instance-plan.ts";
import { planInWords } from "#src/insights/planner/plan-in-words.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { Dialog } from "#src/ui/kit/dialog.tsx";
import { NumberField } from "#src/ui/kit/number-field.tsx";
import { ProgressBar } from "#src/ui/kit/progress-bar.tsx";
import { SwitchField } from "#src/ui/kit/switch-field.tsx";
import { useRun } from "#src/ui/use-run.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import { PlanResult } from "./plan-result.tsx";
import styles from "./planner-dialog.module.css";

interface PlannerDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** How many instances each part needs, why, and what instances cannot help; taken over in one undo step. */
export function PlannerDialog({ open, onClose }: PlannerDialogProps) {
  return open ? <OpenPlanner onClose={onClose} /> : null;
}

function OpenPlanner({ onClose }: { readonly onClose: () => void }) {
  const session = useSessionCommands();
  const run = useRun();
  const study = useSession((state) => state.plan);
  const revision = useSession((state) => state.revision);
  const dialLoad = useSession((state) => state.load);
  const [load, setLoad] = useState(dialLoad);
  const [headroom, setHeadroom] = useState(defaultHeadroom);
  const [mayReduce, setMayReduce] = useState(false);
  useEffect(() => {
    session.study({ type: "plan", load, headroom, mayReduce });
    return () => session.stopStudy("plan");
  }, [session, load, headroom, mayReduce]);
  // An answer about another design or another question is none.
  const { answer } = study;
  const isCurrent =
    answer !== null &&
    answer.revision === revision &&
    answer.question.type === "plan" &&
    answer.question.load === load &&
    answer.question.headroom === headroom &&
    answer.question.mayReduce === mayReduce;
  const plan = isCurrent ? answer.value : null;

  function apply(found: InstancePlan): void {
    const counts = found.changes.map(({ node, to }) => ({ id: node, instances: to }));
    const refusal = run("Apply the capacity plan", applyInstancePlan, { counts, kinds: kindDirectory });
    if (refusal === null) onClose();
    else session.notify("problem", refusal);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Plan capacity"
      description="The least instances that leave each part its headroom and meet the latency targets."
      width="large"
      footer={
        <>
          <Button onClick={onClose}>{plan !== null && plan.changes.length === 0 ? "Close" : "Cancel"}</Button>
          {plan !== null && plan.changes.length > 0 ? (
            <Button variant="primary" onClick={() => apply(plan)}>
              Apply {plan.changes.length === 1 ? "one change" : `${formatCount(plan.changes.length)} changes`}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles["planner"]}>
        <div className={styles["controls"]}>
          <NumberField
            label="At load"
            unit="×"
            min={0.01}
            max={100}
            step={0.1}
            value={load}
            onCommit={(value) => setLoad(value)}
          />
          <NumberField
            label="Headroom kept free"
            unit="%"
            min={0}
            max={95}
            step={5}
            value={Number((headroom * 100).toPrecision(12))}
            onCommit={(percent) => setHeadroom(Number((percent / 100).toPrecision(12)))}
          />
          <SwitchField
            label="Take away what is not needed"
            hint="Parts with several instances keep two."
            checked={mayReduce}
            onChange={setMayReduce}
          />
        </div>
        <div aria-live="polite" className={styles["answer"]}>
          {plan === null ? null : <h3>{planInWords(plan)}</h3>}
          {study.failure === null || plan !== null ? null : <p className={styles["failure"]}>{study.failure}</p>}
        </div>
        {study.running === null ? null : (
          <Running
            done={study.running.done}
            onStop={() => {
              session.stopStudy("plan");
            }}
          />
        )}
        {plan === null && study.running === null && study.failure === null ? (
          <p className={styles["stopped"]}>
            Stopped.{" "}
            <Button size="small" onClick={() => session.study({ type: "plan", load, headroom, mayReduce })}>
              Plan again
            </Button>
          </p>
        ) : null}
        {plan === null ? null : <PlanResult plan={plan} />}
      </div>
    </Dialog>
  );
}

const patienceMs = 200;

function Running({ done, onStop }: { readonly done: number; readonly onStop: () => void }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <div className={styles["running"]}>
      <ProgressBar label="Planning" value={null} delayMs={0} />
      <span>
        {done === 0 ? "Trying numbers of instances" : `${formatCount(done)} combinations tried`}
        <Button size="small" onClick={onStop}>
          Stop
        </Button>
      </span>
    </div>
  );
}
