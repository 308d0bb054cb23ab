import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { catalogue } from "#library/catalogue.ts";
import { views } from "#library/views.ts";
import { classNames } from "#src/ui/kit/class-names.ts";
import { EmptyState } from "#src/ui/kit/empty-state.tsx";
import { SearchField } from "#src/ui/kit/search-field.tsx";
import { armedPart, type Part, partDataType, writePart } from "#src/ui/placing.ts";
import { useAction, useSession, useSessionCommands } from "#src/ui/use-session.ts";
import styles from "./palette.module.css";
import { type PaletteEntry, paletteGroups } from "./palette-search.ts";

/** The parts that can be put on the canvas: by dragging, by a press here and one there, or by Enter. */
export function Palette() {
  const session = useSessionCommands();
  const tool = useSession((state) => state.tool);
  const placeNow = useAction("place-armed");
  const [query, setQuery] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => paletteGroups(catalogue.values(), query), [query]);
  const armed = armedPart(tool);
  // The list is one stop of the Tab key: the part that had the focus last, else the first that is shown.
  const [focused, setFocused] = useState<string | null>(null);
  const shown = groups.flatMap(({ entries }) => entries.map(({ part }) => keyOf(part)));
  const tabStop = focused !== null && shown.includes(focused) ? focused : shown[0];

  function take(part: Part, isByKey: boolean): void {
    if (armed !== null && isSame(armed, part) && !isByKey) {
      session.setTool("select");
      return;
    }
    session.setTool(part.preset === undefined ? { place: part.kind } : { place: part.kind, preset: part.preset });
    // By key there is no pointer that could say where: it goes into the middle of the view.
    if (isByKey) placeNow?.action.run();
  }

  return (
    <div className={styles["palette"]}>
      <div className={styles["search"]}>
        <SearchField
          label="Find a part"
          placeholder="Find a part"
          hintKey="/"
          value={query}
          onChange={setQuery}
          inputProps={{
            onKeyDown: (event) => {
              if (event.key === "ArrowDown") focusNeighbour(list.current, null, 1, event);
              const [first] = groups[0]?.entries ?? [];
              if (event.key === "Enter" && query !== "" && first !== undefined) {
                event.preventDefault();
                take(first.part, true);
              }
            },
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons inside. */}
      <div
        ref={list}
        className={styles["list"]}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") focusNeighbour(list.current, event.target, 1, event);
          if (event.key === "ArrowUp") focusNeighbour(list.current, event.target, -1, event);
        }}
      >
        {groups.length === 0 ? (
          <EmptyState title="No such part">Try another word, such as “redis”, “kafka” or “balancer”.</EmptyState>
        ) : null}
        {groups.map(({ category, title, entries }) => (
          <section key={category} aria-label={title}>
            <h2 className={styles["heading"]}>{title}</h2>
            <ul>
              {entries.map((entry) => (
                <li key={keyOf(entry.part)}>
                  <Entry
                    entry={entry}
                    isArmed={armed !== null && isSame(armed, entry.part)}
                    isTabStop={keyOf(entry.part) === tabStop}
                    onFocus={() => setFocused(keyOf(entry.part))}
                    onTake={take}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

interface EntryProps {
  readonly entry: PaletteEntry;
  readonly isArmed: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onTake: (part: Part, isByKey: boolean) => void;
}

function Entry({ entry, isArmed, isTabStop, onFocus, onTake }: EntryProps) {
  const { part, title, hint, summary } = entry;
  const Icon = views.get(part.kind)?.Icon;
  return (
    <button
      type="button"
      className={classNames(styles["entry"], isArmed && styles["armed"])}
      aria-pressed={isArmed}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      title={summary}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(partDataType, writePart(part));
        event.dataTransfer.effectAllowed = "copy";
      }}
      // A click that no pointer made has no detail: it comes from a key or from a screen reader.
      onClick={(event) => onTake(part, event.detail === 0)}
    >
      <span className={styles["icon"]}>{Icon === undefined ? null : <Icon size={18} />}</span>
      <span className={styles["words"]}>
        <span className={styles["title"]}>{title}</span>
        {hint === "" ? null : <span className={styles["hint"]}>{hint}</span>}
      </span>
    </button>
  );
}

function keyOf(part: Part): string {
  return `${part.kind} ${part.preset ?? ""}`;
}

function isSame(first: Part, second: Part): boolean {
  return first.kind === second.kind && first.preset === second.preset;
}

function focusNeighbour(
  list: HTMLElement | null,
  from: EventTarget | null,
  step: 1 | -1,
  event: KeyboardEvent<HTMLElement>,
): void {
  if (list === null) return;
  const buttons = [...list.querySelectorAll("button")];
  const at = from instanceof HTMLButtonElement ? buttons.indexOf(from) : -1;
  const next = buttons[at === -1 ? 0 : at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
