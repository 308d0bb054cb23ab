import { Popover as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./popover.module.css";
import { usePortalContainer } from "./portal-container.tsx";

interface PopoverProps {
  /** One button that opens it; or `anchor`, an element it stands beside, opened by the caller through `open`. */
  readonly trigger?: ReactNode;
  readonly anchor?: ReactNode;
  readonly label: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly align?: "start" | "center" | "end";
  readonly children: ReactNode;
}

export function Popover({
  trigger,
  anchor,
  label,
  open,
  onOpenChange,
  side = "bottom",
  align = "start",
  children,
}: PopoverProps) {
  const container = usePortalContainer();
  return (
    <Primitive.Root
      modal={false}
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger === undefined ? null : <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>}
      {anchor === undefined ? null : <Primitive.Anchor asChild>{anchor}</Primitive.Anchor>}
      <Primitive.Portal container={container}>
        <Primitive.Content
          className={styles["popover"]}
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
