/** One screen: its heading gets the focus when it appears, so that a screen reader begins there. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface ScreenProps {
  readonly name: string;
  readonly title: string;
  /** The first screen of a page leaves the focus where the reader has it. */
  readonly focus?: boolean;
  readonly children?: ComponentChildren;
}

export function Screen({ name, title, focus = true, children }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [name, focus]);
  return (
    <section data-screen={name} aria-labelledby="screen-heading">
      <h2 id="screen-heading" tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}
