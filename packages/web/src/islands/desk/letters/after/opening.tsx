/** A form that opens in the place of its button: the focus goes into it, and back to the button when it is closed. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Actions, Button, type ButtonProps } from "../../../ui/button.tsx";

export interface OpeningProps {
  readonly button: string;
  /** What the button is about, for somebody who hears it alone. */
  readonly about: string;
  readonly kind?: NonNullable<ButtonProps["kind"]>;
  /** Something was typed into it before: it is open. */
  readonly begun?: boolean;
  readonly children: (close: () => void) => ComponentChildren;
}

export function Opening({ button, about, kind = "plain", begun = false, children }: OpeningProps) {
  const [open, setOpen] = useState(begun);
  const pressed = useRef(false);
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (!pressed.current) return;
    const to = open ? place.current : place.current?.querySelector("button");
    to?.focus();
  }, [open]);
  const turn = (to: boolean) => {
    pressed.current = true;
    setOpen(to);
  };
  return (
    <fieldset
      class="opening"
      ref={place}
      tabIndex={-1}
      aria-label={about === "" ? button : `${button} ${about}`}
    >
      {open ? (
        children(() => turn(false))
      ) : (
        <Actions>
          <Button kind={kind} onPress={() => turn(true)}>
            {button}
            {about !== "" && <span class="visually-hidden"> {about}</span>}
          </Button>
        </Actions>
      )}
    </fieldset>
  );
}
