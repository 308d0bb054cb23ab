import { Search, X } from "lucide-react";
import { type ComponentPropsWithRef, useEffect, useRef } from "react";
import styles from "./field.module.css";
import { Kbd } from "./kbd.tsx";
import searchStyles from "./search-field.module.css";

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** A key that brings the focus here from anywhere but another field; shown while the field is empty. */
  readonly hintKey?: string;
  readonly placeholder?: string;
  readonly inputProps?: Omit<ComponentPropsWithRef<"input">, "value" | "onChange" | "ref">;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

export function SearchField({ label, value, onChange, hintKey, placeholder, inputProps }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (hintKey === undefined) return;
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== hintKey || event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [hintKey]);
  return (
    <search className={styles["box"]}>
      <span className={styles["leading"]} aria-hidden="true">
        <Search />
      </span>
      <input
        {...inputProps}
        ref={input}
        type="search"
        className={styles["input"]}
        aria-label={label}
        aria-keyshortcuts={hintKey}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          inputProps?.onKeyDown?.(event);
          if (event.key !== "Escape" || event.defaultPrevented) return;
          event.preventDefault();
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
      />
      <span className={styles["trailing"]}>
        {value === "" && hintKey !== undefined ? <Kbd keys={hintKey} /> : null}
        {value === "" ? null : (
          <button
            type="button"
            className={searchStyles["clear"]}
            aria-label="Clear the search"
            onClick={() => {
              onChange("");
              input.current?.focus();
            }}
          >
            <X />
          </button>
        )}
      </span>
    </search>
  );
}
