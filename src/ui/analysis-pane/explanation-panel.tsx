import { X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { catalogue } from "#library/catalogue.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatPercent } from "#src/base/format.ts";
import { explainFigure } from "#src/insights/explain-figure.ts";
import type { Explanation, FigureReference } from "#src/insights/explanation.ts";
import { Badge } from "#src/ui/kit/badge.tsx";
import { IconButton } from "#src/ui/kit/icon-button.tsx";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./explanation-panel.module.css";
import { MattersMost } from "./matters-most.tsx";

/** Where a figure comes from. It follows the load while it is open, and Escape closes it. */
export function ExplanationPanel() {
  const session = useSessionCommands();
  const figure = useSession((state) => state.explained);
  const design = useSession((state) => state.design);
  const report = useSession((state) => state.report);
  const explanation = useMemo(
    () => (figure === null || report === null ? null : explainFigure({ design, report, catalogue }, figure)),
    [design, report, figure],
  );
  if (figure === null || explanation === null) return null;
  return <OpenPanel figure={figure} explanation={explanation} onClose={() => session.explain(null)} />;
}

interface OpenPanelProps {
  readonly figure: FigureReference;
  readonly explanation: Explanation;
  readonly onClose: () => void;
}

function OpenPanel({ figure, explanation, onClose }: OpenPanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    element?.focus({ preventScroll: true });
    return () => {
      // Focus goes back to the figure, unless the user has moved on meanwhile.
      const isInside = element?.contains(document.activeElement) || document.activeElement === document.body;
      if (isInside && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <section
      ref={panel}
      className={styles["panel"]}
      aria-label={`Explanation: ${explanation.title}`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles["head"]}>
        <h3>{explanation.title}</h3>
        <IconButton label="Close the explanation" size="small" icon={<X size={16} />} onClick={onClose} />
      </header>
      <p className={styles["value"]}>{explanation.value}</p>
      <dl className={styles["formula"]}>
        <dt>How it is computed</dt>
        <dd>{explanation.formula}</dd>
        <dt>With the numbers of this design</dt>
        <dd>{explanation.substituted}</dd>
      </dl>
      <MattersMost figure={figure} />
      <Values values={explanation.values} />
      <Assumptions assumptions={explanation.assumptions} />
      <ExactnessNote exactness={explanation.exactness} />
    </section>
  );
}

function Values({ values }: Pick<Explanation, "values">) {
  if (values.length === 0) return null;
  return (
    <table className={styles["table"]}>
      <caption>Values put in</caption>
      <tbody>
        {values.map(({ symbol, meaning, value }) => (
          <tr key={`${symbol} ${meaning}`}>
            <th scope="row">{symbol}</th>
            <td>{meaning}</td>
            <td className={styles["end"]}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Assumptions({ assumptions }: Pick<Explanation, "assumptions">) {
  if (assumptions.length === 0) return null;
  return (
    <section className={styles["assumptions"]}>
      <h4>Assumptions</h4>
      <ul>
        {assumptions.map(({ setting, value, source, isDefault }) => (
          <li key={setting}>
            <span className={styles["line"]}>
              <span>{setting}</span>
              <b>{value}</b>
            </span>
            <span className={styles["source"]}>
              {isDefault ? <Badge>default</Badge> : null}
              {isDefault ? source.replace(/^default(: |, )/, "") : source}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const kinds: Readonly<Record<Exactness["kind"], string>> = {
  exact: "Exact",
  approximation: "Approximation",
  simulated: "Simulated",
};

function ExactnessNote({ exactness }: { readonly exactness: Exactness }) {
  return (
    <p className={styles["exactness"]}>
      <Badge tone={exactness.kind === "exact" ? "load" : "near"}>{kinds[exactness.kind]}</Badge>
      <span>
        {exactness.model}. {exactness.source}.
        {exactness.typicalErrorPercent === null
          ? null
          : ` Typical error ${formatPercent(exactness.typicalErrorPercent / 100, { digits: 2 })}.`}{" "}
        <a href="#/fidelity" target="_blank" rel="noreferrer">
          All models with their errors
        </a>
      </span>
    </p>
  );
}
