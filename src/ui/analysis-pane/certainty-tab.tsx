import { useState } from "react";
import { formatCount, formatPercent } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";
import { figureTitle, figureValue, intervalInWords } from "#src/insights/sensitivity/certainty-in-words.ts";
import { Button } from "#src/ui/kit/button.tsx";
import { classNames } from "#src/ui/kit/class-names.ts";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { ProgressBar } from "#src/ui/kit/progress-bar.tsx";
import { SelectField } from "#src/ui/kit/select-field.tsx";
import { partName } from "#src/ui/part-name.ts";
import { useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./certainty.module.css";
import { IntervalStrips } from "./interval-strips.tsx";
import pane from "./pane.module.css";
import { Tornado } from "./tornado.tsx";
import { useCertainty, useHasRanges } from "./use-certainty.ts";

/** How far the figures can be trusted: the interval that the ranges leave them, and which assumption moves them most. */
export function CertaintyTab() {
  const design = useSession((state) => state.design);
  const hasJourneys = useSession((state) => (state.report?.journeys.length ?? 0) > 0);
  const failure = useSession((state) => state.certainty.failure);
  const { certainty, isCurrent } = useCertainty(hasJourneys);
  const hasRanges = useHasRanges();
  if (!hasJourneys) {
    return (
      <EmptyState title="Nothing to be certain of yet">
        Add a journey with a rate, and this shows which of your numbers its latency and the largest load rest on.
      </EmptyState>
    );
  }
  return (
    <div className={pane["page"]}>
      <Running />
      {failure === null ? null : <p className={styles["failure"]}>{failure}</p>}
      {certainty === null ? (
        <p className={pane["note"]}>
          {hasRanges ? "Drawing designs from your ranges." : "Changing one number at a time, to see what matters."}
        </p>
      ) : (
        <div className={classNames(styles["result"], !isCurrent && pane["stale"])}>
          <Found design={design} certainty={certainty} />
        </div>
      )}
    </div>
  );
}

function Running() {
  const session = useSessionCommands();
  const running = useSession((state) => state.certainty.running);
  if (running === null) return null;
  const { done, total } = running;
  return (
    <div className={styles["running"]}>
      <ProgressBar label="Working out how certain the figures are" value={total === null ? null : done / total} />
      <span>
        {total === null ? "Starting" : `${formatCount(done)} of ${formatCount(total)} designs solved`}
        <Button size="small" onClick={() => session.stopStudy("certainty")}>
          Stop
        </Button>
      </span>
    </div>
  );
}

function Found({ design, certainty }: { readonly design: Design; readonly certainty: Certainty }) {
  const [chosen, choose] = useState(0);
  const place = chosen < certainty.figures.length ? chosen : 0;
  const found = certainty.figures[place];
  const load = certainty.figures[0];
  const isSampled = certainty.samples > 0;
  const most = certainty.factors[found?.influences[0]?.factor ?? -1];
  if (found === undefined || load === undefined) return null;
  const interval = intervalInWords(load);
  return (
    <>
      <header className={pane["headline"]} data-warning={isSampled && (load.interval?.low ?? 1) < 1}>
        <h2>
          {isSampled && interval !== null
            ? `Carries ${interval} your peak`
            : most === undefined
              ? "Nothing here moves a figure"
              : `Rests most on ${most.title}`}
        </h2>
        <p>
          {isSampled
            ? `In nine of ten of ${formatCount(certainty.samples)} designs drawn from your ranges. Likely ${figureValue(load.figure, load.likely)}.`
            : `No range is given, so every number is taken ten percent lower and higher. Give a number a range in the inspector, and figures get an interval.`}
        </p>
      </header>
      {isSampled ? (
        <>
          <section className={pane["section"]}>
            <h3>
              Where each figure lies
              <span>against the likely value</span>
            </h3>
            <IntervalStrips design={design} certainty={certainty} chosen={place} onChoose={choose} />
          </section>
          <FullFirst design={design} certainty={certainty} />
        </>
      ) : null}
      <section className={pane["section"]}>
        <h3>Which assumption matters most</h3>
        <SelectField
          label="Figure"
          value={String(place)}
          options={certainty.figures.map(({ figure }, index) => ({
            value: String(index),
            label: figureTitle(design, figure),
          }))}
          onChange={(value) => choose(Number(value))}
        />
        <Tornado design={design} certainty={certainty} found={found} />
      </section>
      <p className={pane["note"]}>
        {isSampled
          ? `Latin hypercube of ${formatCount(certainty.samples)} designs, triangular laws, seed ${certainty.seed}; intervals from 5 % to 95 %.`
          : "One number at a time, all others as they are; elasticities by central differences."}
        {certainty.unusableSamples > 0
          ? ` ${formatCount(certainty.unusableSamples)} drawn designs had settings that do not fit together and are left out.`
          : ""}
        {certainty.factorsLeftOut > 0
          ? ` ${formatCount(certainty.factorsLeftOut)} numbers more than can be looked at are left out.`
          : ""}
      </p>
    </>
  );
}

function FullFirst({ design, certainty }: { readonly design: Design; readonly certainty: Certainty }) {
  if (certainty.breaksFirst.length < 2) return null;
  return (
    <section className={pane["section"]}>
      <h3>What breaks first</h3>
      <ul className={styles["shares"]}>
        {certainty.breaksFirst.slice(0, 4).map(({ node, share }) => (
          <li key={node}>
            <span>{partName(design, node)}</span>
            <span className={styles["shareBar"]} aria-hidden="true">
              <span style={{ width: `${share * 100}%` }} />
            </span>
            <b>{formatPercent(share, { digits: 2 })}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
