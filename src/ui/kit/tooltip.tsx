import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd.tsx";
import { usePortalContainer } from "./portal-container.tsx";
import styles from "./tooltip.module.css";

interface TooltipProps {
  readonly content: ReactNode;
  readonly shortcut?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** One element that can take focus. */
  readonly children: ReactNode;
}

/** Once around the application: tooltips open after half a second, then at once while moving from one to the next. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} skipDelayDuration={300}>
      {children}
    </Primitive.Provider>
  );
}

export function Tooltip({ content, shortcut, side = "bottom", children }: TooltipProps) {
  const container = usePortalContainer();
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={container}>
        <Primitive.Content className={styles["tip"]} side={side} sideOffset={6} collisionPadding={8}>
          <span>{content}</span>
          {shortcut === undefined ? null : <Kbd keys={shortcut} className={styles["keys"]} />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
