import { Command } from "cmdk";
import { type ReactNode, useLayoutEffect, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./command-palette.module.css";
import { Kbd } from "./kbd.tsx";

export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  readonly keywords?: readonly string[];
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  /** Given: it cannot be run now, and why. It stays in the list, so that the reason can be read. */
  readonly disabledReason?: string | undefined;
  readonly onRun: () => void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly heading: string;
  readonly commands: readonly PaletteCommand[];
  /** What is written stands in the label of one of its commands: it then comes before all others. */
  readonly isFirstWhenNamed?: boolean;
}

interface CommandPaletteProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly groups: readonly PaletteGroup[];
  readonly placeholder?: string;
}

export function CommandPalette({ open, ...rest }: CommandPaletteProps) {
  return open ? <OpenPalette {...rest} /> : null;
}

function OpenPalette({ onClose, groups, placeholder = "Search or run" }: Omit<CommandPaletteProps, "open">) {
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  useLayoutEffect(() => {
    if (element === null) return;
    element.showModal();
    element.querySelector("input")?.focus();
    return () => element.close();
  }, [element]);
  const [query, setQuery] = useState("");
  const words = query.trim().toLowerCase();
  // Groups with what is written in a label come first, those that ask for it before the others.
  const rank = (group: PaletteGroup): number => {
    const isNamed = group.commands.some(({ label, keywords = [] }) =>
      [label, ...keywords].some((text) => text.toLowerCase().includes(words)),
    );
    return words === "" ? 0 : isNamed ? (group.isFirstWhenNamed === true ? 0 : 1) : 2;
  };
  const ordered = groups.toSorted((left, right) => rank(left) - rank(right));
  return (
    <dialog
      ref={setElement}
      className={styles["dialog"]}
      aria-label="Commands"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Command label="Commands" loop>
        <Command.Input className={styles["input"]} placeholder={placeholder} value={query} onValueChange={setQuery} />
        <Command.List className={styles["list"]} label="Commands">
          <Command.Empty className={styles["empty"]}>Nothing has that name. Try another word.</Command.Empty>
          {ordered.map((group) => (
            <Command.Group key={group.id} heading={group.heading}>
              {group.commands.map((command) => (
                <Item key={command.id} command={command} onClose={onClose} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  );
}

function Item({ command, onClose }: { readonly command: PaletteCommand; readonly onClose: () => void }) {
  const unavailable = command.disabledReason !== undefined;
  const hint = command.disabledReason ?? command.hint;
  return (
    <Command.Item
      value={`${command.label} ${command.id}`}
      keywords={[...(command.keywords ?? [])]}
      className={classNames(styles["item"], unavailable && styles["unavailable"])}
      onSelect={() => {
        if (unavailable) return;
        onClose();
        command.onRun();
      }}
    >
      {command.icon}
      <span className={styles["label"]}>
        {command.label}
        {hint === undefined ? null : <span className={styles["hint"]}>{hint}</span>}
      </span>
      {command.shortcut === undefined || unavailable ? null : <Kbd keys={command.shortcut} />}
    </Command.Item>
  );
}
