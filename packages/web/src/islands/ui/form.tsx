/** A form that is never sent by the browser: Enter and the button do the same, and no address or history learns of it. */
import type { ComponentChildren } from "preact";

export interface FormProps {
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
}

export function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
