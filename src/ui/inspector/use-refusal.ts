import { useCallback, useState } from "react";

/** What was typed into a field and refused: it stays to be mended, with the reason. */
export interface Refusal<Value> {
  readonly value: Value;
  readonly reason: string;
}

/** Tries a value; a refused one is kept with its reason until another one is accepted. */
export function useRefusal<Value>(): {
  readonly refusal: Refusal<Value> | null;
  readonly attempt: (value: Value, run: () => string | null) => void;
} {
  const [refusal, setRefusal] = useState<Refusal<Value> | null>(null);
  const attempt = useCallback((value: Value, run: () => string | null) => {
    const reason = run();
    setRefusal(reason === null ? null : { value, reason });
  }, []);
  return { refusal, attempt };
}
