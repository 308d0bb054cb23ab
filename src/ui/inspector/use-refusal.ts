import { useCallback, useState } from "react";

/** What was typed into a field and refused: it stays to be mended, with the reason. */
export interface Refusal<Value> {
  readonly value: Value;
  readonly reason: string;
}

export interface Attempts<Value> {
  readonly refusal: Refusal<Value> | null;
  /** Tries a value; a refused one is kept with its reason until another one is accepted. */
  readonly attempt: (value: Value, run: () => string | null) => void;
  readonly takeBack: () => void;
}

/** `stated` is what the design says: when it becomes another, by undo or from elsewhere, a refusal is out of date. */
export function useRefusal<Value>(stated: unknown): Attempts<Value> {
  const [kept, setKept] = useState<(Refusal<Value> & { readonly stated: unknown }) | null>(null);
  const attempt = useCallback(
    (value: Value, run: () => string | null) => {
      const reason = run();
      setKept(reason === null ? null : { value, reason, stated });
    },
    [stated],
  );
  const takeBack = useCallback(() => setKept(null), []);
  return { refusal: kept !== null && Object.is(kept.stated, stated) ? kept : null, attempt, takeBack };
}
