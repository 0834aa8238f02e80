/** Something worth saying apart from the text. What appears while the screen is open is read out. */
import type { ComponentChildren } from "preact";

export interface NoticeProps {
  readonly tone?: "plain" | "warning" | "good" | "bad";
  /** Read out when it appears: at once, or when there is a pause. */
  readonly speak?: "alert" | "status";
  readonly children: ComponentChildren;
}

export function Notice({ tone = "plain", speak, children }: NoticeProps) {
  return (
    <div class={tone === "plain" ? "notice" : `notice ${tone}`} role={speak}>
      <p>{children}</p>
    </div>
  );
}
