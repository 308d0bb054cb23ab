import { TriangleAlert, X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import styles from "./toast.module.css";

export interface ToastMessage {
  readonly message: ReactNode;
  /** "over": something went wrong; stays until it is closed. */
  readonly tone?: "neutral" | "over";
  readonly actionLabel?: string;
  readonly onAction?: () => void;
  /** Milliseconds; by default 5000, or 10 000 with an action. */
  readonly durationMs?: number;
}

interface ShownToast extends ToastMessage {
  readonly id: number;
}

const ShowToast = createContext<(toast: ToastMessage) => void>(() => {
  throw new Error("useToast needs a ToastProvider around it");
});

/** Gives the function that shows a short message at the bottom of the screen and reads it aloud. */
export function useToast(): (toast: ToastMessage) => void {
  return useContext(ShowToast);
}

const MOST_AT_ONCE = 3;

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: ToastMessage) => {
    lastId.current += 1;
    const shown = { ...toast, id: lastId.current };
    setToasts((current) => [...current, shown].slice(-MOST_AT_ONCE));
  }, []);
  const dismiss = useCallback((id: number) => setToasts((current) => current.filter((toast) => toast.id !== id)), []);
  return (
    <ShowToast value={show}>
      {children}
      <section className={styles["region"]} aria-label="Messages" aria-live="polite" aria-relevant="additions text">
        {toasts.map((toast) => (
          <Toast key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ShowToast>
  );
}

function durationOf(toast: ToastMessage): number {
  if (toast.durationMs !== undefined) return toast.durationMs;
  if (toast.tone === "over") return Number.POSITIVE_INFINITY;
  return toast.onAction === undefined ? 5000 : 10_000;
}

function Toast({ toast, onDismiss }: { readonly toast: ShownToast; readonly onDismiss: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const durationMs = durationOf(toast);
  useEffect(() => {
    if (held || !Number.isFinite(durationMs)) return;
    const timer = setTimeout(() => onDismiss(toast.id), durationMs);
    return () => clearTimeout(timer);
  }, [held, durationMs, onDismiss, toast.id]);
  const { onAction } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a message under the pointer or the focus waits; nothing is done by it.
    <div
      className={styles["toast"]}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toast.tone === "over" ? <TriangleAlert aria-label="Problem" /> : null}
      <span className={styles["message"]}>{toast.message}</span>
      {onAction === undefined ? null : (
        <button
          type="button"
          className={styles["action"]}
          onClick={() => {
            onAction();
            onDismiss(toast.id);
          }}
        >
          {toast.actionLabel ?? "Undo"}
        </button>
      )}
      <button type="button" className={styles["close"]} aria-label="Dismiss" onClick={() => onDismiss(toast.id)}>
        <X />
      </button>
    </div>
  );
}
