import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./button.module.css";
import { classNames } from "./class-names.ts";

export type ButtonVariant = "default" | "primary" | "quiet" | "danger";

export interface ButtonProps extends ComponentPropsWithRef<"button"> {
  readonly variant?: ButtonVariant;
  readonly size?: "medium" | "small";
  readonly icon?: ReactNode;
  /** Given: a toggle button. */
  readonly pressed?: boolean | undefined;
}

export function Button({
  variant = "default",
  size = "medium",
  icon,
  pressed,
  className,
  children,
  ...rest
}: ButtonProps) {
  const iconOnly = children === undefined || children === null;
  return (
    <button
      type="button"
      aria-pressed={pressed}
      {...rest}
      className={classNames(
        styles["button"],
        variant !== "default" && styles[variant],
        size === "small" && styles["small"],
        iconOnly && styles["iconOnly"],
        className,
      )}
    >
      {icon}
      {children}
    </button>
  );
}
