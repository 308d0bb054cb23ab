import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { classNames } from "./class-names.ts";
import styles from "./dialog.module.css";
import { IconButton } from "./icon-button.tsx";
import { PortalContainer } from "./portal-container.tsx";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly footer?: ReactNode;
  readonly width?: "small" | "medium" | "large";
  readonly role?: "dialog" | "alertdialog";
  readonly children?: ReactNode;
}

/** A native modal dialog: focus stays in it, Escape and a press outside close it, and focus goes back afterwards. */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

const FOCUSABLE = ":is(input, select, textarea, button, a[href], [tabindex='0']):not(:disabled)";

/** What asks for it, else the first control of the body, else of the foot: never the close button. */
function firstFocus(dialog: HTMLDialogElement): HTMLElement {
  for (const where of ["[data-autofocus]", `[data-part="body"] ${FOCUSABLE}`, `[data-part="foot"] ${FOCUSABLE}`]) {
    const found = dialog.querySelector<HTMLElement>(where);
    if (found !== null) return found;
  }
  return dialog;
}

function OpenDialog({
  onClose,
  title,
  description,
  footer,
  width = "medium",
  role = "dialog",
  children,
}: Omit<DialogProps, "open">) {
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const pressedOutside = useRef(false);
  const titleId = useId();
  const descriptionId = useId();
  useLayoutEffect(() => {
    if (element === null) return;
    element.showModal();
    firstFocus(element).focus();
    return () => element.close();
  }, [element]);
  return (
    <dialog
      ref={setElement}
      role={role === "alertdialog" ? role : undefined}
      className={classNames(styles["dialog"], styles[width])}
      aria-labelledby={titleId}
      aria-describedby={description === undefined ? undefined : descriptionId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === event.currentTarget;
      }}
      onClick={(event) => {
        if (pressedOutside.current && event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <PortalContainer value={element}>
        <header className={styles["head"]}>
          <div className={styles["words"]}>
            <h2 id={titleId} className={styles["title"]}>
              {title}
            </h2>
            {description === undefined ? null : (
              <p id={descriptionId} className={styles["description"]}>
                {description}
              </p>
            )}
          </div>
          <IconButton label="Close" icon={<X />} size="small" onClick={onClose} />
        </header>
        <div className={styles["body"]} data-part="body">
          {children}
        </div>
        {footer === undefined ? null : (
          <footer className={styles["foot"]} data-part="foot">
            {footer}
          </footer>
        )}
      </PortalContainer>
    </dialog>
  );
}
