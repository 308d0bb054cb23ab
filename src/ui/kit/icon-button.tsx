import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

interface IconButtonProps extends Omit<ButtonProps, "children" | "aria-label"> {
  /** Its name for everybody: read aloud, and shown in the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string | undefined;
  readonly tooltipSide?: "top" | "right" | "bottom" | "left";
}

export function IconButton({ label, icon, shortcut, tooltipSide, variant = "quiet", ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} {...(tooltipSide === undefined ? {} : { side: tooltipSide })}>
      <Button
        aria-label={label}
        aria-keyshortcuts={shortcut?.replace("Ctrl", "Control")}
        icon={icon}
        variant={variant}
        {...rest}
      />
    </Tooltip>
  );
}
