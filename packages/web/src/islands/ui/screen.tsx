/** One screen: its heading gets the focus when it appears, so that a screen reader begins there. */
import type { ComponentChildren } from "preact";

export interface ScreenProps {
  readonly name: string;
  readonly title: string;
  /** The first screen of a page leaves the focus where the reader has it. */
  readonly focus?: boolean;
  readonly children?: ComponentChildren;
}

/** Another name is another heading, so that it is called then and not at every drawing. */
function takeFocus(heading: HTMLElement | null): void {
  heading?.focus();
}

export function Screen({ name, title, focus = true, children }: ScreenProps) {
  return (
    <section data-screen={name} aria-labelledby={`${name}-heading`}>
      <h2 key={name} id={`${name}-heading`} tabIndex={-1} ref={focus ? takeFocus : null}>
        {title}
      </h2>
      {children}
    </section>
  );
}
