/** Buttons. One that is busy stays where it is and can be reached, and says that it waits. */
import type { ComponentChildren } from "preact";

export interface ButtonProps {
  readonly kind?: "primary" | "plain" | "quiet";
  /** Left out: sends the form around it. */
  readonly onPress?: (() => void) | undefined;
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

export function Button({ kind = "plain", onPress, busy = false, children }: ButtonProps) {
  const classes = kind === "plain" ? "button" : `button ${kind}`;
  return (
    <button
      type={onPress === undefined ? "submit" : "button"}
      class={classes}
      aria-disabled={busy ? "true" : undefined}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

export function Actions({ children }: { readonly children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}
