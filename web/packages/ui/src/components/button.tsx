import type { ComponentProps } from "react";
import { Icon, type IconName } from "./icon.tsx";

type ButtonProps = ComponentProps<"button"> & { look?: "primary" | "quiet" | "text"; wide?: boolean };

export function Button({ look = "quiet", wide = false, className = "", type = "button", ...rest }: ButtonProps) {
  const classes = ["button", `button--${look}`, wide ? "button--wide" : "", className].filter(Boolean).join(" ");
  return <button type={type} className={classes} {...rest} />;
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & { icon: IconName; label: string };

/** A button that shows only an icon; `label` is what it is called, on hover and by screen readers. */
export function IconButton({ icon, label, className = "", type = "button", ...rest }: IconButtonProps) {
  return (
    <button type={type} className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
