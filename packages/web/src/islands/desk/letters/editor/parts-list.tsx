/** Demands and claims: parts that are added, moved by buttons and taken out, which can be undone until the page is left. */
import { encodeBase64url } from "@undersigned/core";
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import type { OpenDocument } from "../../outbox/open-document.ts";
import { useDesk } from "../../shell/desk.ts";

export interface PartsListProps {
  readonly document: OpenDocument;
  /** The field that holds the ids in their order. */
  readonly order: "demands" | "claims";
  readonly prefix: "demand" | "claim";
  readonly ids: readonly string[];
  /** As `Demand`. */
  readonly most: number;
  readonly empty: unknown;
  readonly children: (id: string) => ComponentChildren;
}

export function PartsList(props: PartsListProps) {
  const { document, order, prefix, ids, most, empty, children } = props;
  const { announce } = useDesk();
  const [removed, setRemoved] = useState<{ readonly id: string; readonly at: number } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const focus = (id: string) =>
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[data-part="${id}"] h3`)?.focus());

  const add = () => {
    const id = newId();
    document.set(`${prefix}:${id}`, empty);
    document.set(order, [...ids, id]);
    setRemoved(null);
    focus(id);
  };
  const move = (id: string, by: -1 | 1) => {
    const at = ids.indexOf(id);
    const others = ids.filter((one) => one !== id);
    document.set(order, [...others.slice(0, at + by), id, ...others.slice(at + by)]);
    announce(say("desk-writing.is-now", { word: prefix, n: at + 1, to: at + by + 1 }));
    focus(id);
  };
  // The text stays in the draft, so that it can come back; only the order names what is part of the letter.
  const remove = (id: string) => {
    setRemoved({ id, at: ids.indexOf(id) });
    document.set(
      order,
      ids.filter((one) => one !== id),
    );
  };
  const undo = () => {
    if (removed === null) return;
    document.set(order, [...ids.slice(0, removed.at), removed.id, ...ids.slice(removed.at)]);
    setRemoved(null);
    focus(removed.id);
  };
  return (
    <div ref={place}>
      {removed !== null && (
        <div class="notice" role="status">
          <p>{say("desk-writing.was-taken-out", { word: prefix, n: removed.at + 1 })}</p>
          <Actions>
            <Button onPress={undo}>{say("desk-writing.put-it-back")}</Button>
          </Actions>
        </div>
      )}
      {ids.map((id, i) => (
        <section
          class="card"
          key={id}
          data-part={id}
          aria-label={say("desk-writing.part-n", { word: prefix, n: i + 1 })}
        >
          <h3 tabIndex={-1}>{say("desk-writing.part-n", { word: prefix, n: i + 1 })}</h3>
          {children(id)}
          <Actions>
            {i > 0 && (
              <Button onPress={() => move(id, -1)}>
                {say("desk-writing.move-up")}
                <Which word={prefix} number={i + 1} />
              </Button>
            )}
            {i < ids.length - 1 && (
              <Button onPress={() => move(id, 1)}>
                {say("desk-writing.move-down")}
                <Which word={prefix} number={i + 1} />
              </Button>
            )}
            <Button kind="quiet" onPress={() => remove(id)}>
              {say("desk-writing.take-out")}
              <Which word={prefix} number={i + 1} />
            </Button>
          </Actions>
        </section>
      ))}
      {ids.length < most && (
        <Actions>
          <Button onPress={add}>{say("desk-writing.add-a-part", { word: prefix })}</Button>
        </Actions>
      )}
    </div>
  );
}

/** For those who hear a button without what stands around it. */
function Which({ word, number }: { readonly word: "demand" | "claim"; readonly number: number }) {
  return <span class="visually-hidden"> {say("desk-writing.part-n", { word, n: number })}</span>;
}

/** Small letters and digits, as ids of parts are. */
function newId(): string {
  const text = encodeBase64url(crypto.getRandomValues(new Uint8Array(12)));
  return `p${text.toLowerCase().replace(/[^a-z0-9]/g, "0")}`;
}
