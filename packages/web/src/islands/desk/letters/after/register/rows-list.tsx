/** Rows that stand, found by words, a screenful at a time. */

import type { Dealing } from "@undersigned/core";
import { dealingRows, filterDealings, sortDealings } from "@undersigned/dealings";
import { foreign } from "@undersigned/messages";
import { useMemo, useState } from "preact/hooks";
import { Says } from "../../../../../shared/says.tsx";
import { amountWords } from "../../../../../shared/words/dealings.ts";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Field } from "../../../../ui/field.tsx";
import type { RegisterNow } from "./register-state.ts";

const AT_ONCE = 50;

export interface RowsListProps {
  readonly register: RegisterNow;
  /** Null for those who may not change it. */
  readonly onChange: ((id: string) => void) | null;
}

export function RowsList({ register, onChange }: RowsListProps) {
  const [text, setText] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const all = useMemo(() => sortDealings(dealingRows(register.rows), "agreed", true), [register]);
  const found = useMemo(() => filterDealings(all, { text }), [all, text]);
  if (all.length === 0) return <p>{say("desk-register.no-row-stands")}</p>;
  return (
    <>
      {all.length > 10 && (
        <Field
          id="find-rows"
          label={say("desk-register.find-rows")}
          hint={say("desk-register.by-words-that-stand-in")}
          value={text}
          onType={(typed) => {
            setText(typed);
            setShown(AT_ONCE);
          }}
        />
      )}
      <p role="status">{text === "" ? "" : say("desk-register.rows-found", { count: found.length })}</p>
      <ul class="plain">
        {found.slice(0, shown).map(({ id, entry }) => (
          <li class="card" key={id}>
            <Row entry={entry} />
            {onChange !== null && (
              <Actions>
                <Button onPress={() => onChange(id)}>
                  {say("desk-register.change")}
                  <span class="visually-hidden"> {entry.what}</span>
                </Button>
              </Actions>
            )}
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <Actions>
          <Button onPress={() => setShown(shown + AT_ONCE)}>
            {say("desk-register.show-more", { count: found.length - shown })}
          </Button>
        </Actions>
      )}
    </>
  );
}

function Row({ entry }: { readonly entry: Dealing }) {
  const { what, supplier, recipient, agreed, from, until, value, status, since, sources } = entry;
  const days = [
    ...(agreed === null ? [] : [say("desk-register.agreed-on", { day: say.day(agreed) })]),
    ...(from === null ? [] : [say("desk-register.from-day", { day: say.day(from) })]),
    ...(until === null ? [] : [say("desk-register.until-day", { day: say.day(until) })]),
  ];
  return (
    <>
      <p>
        <strong>
          <bdi>{what}</bdi>
        </strong>
      </p>
      <p>
        <Says
          words={say.rich("desk-register.supplies-to", {
            supplier: foreign(supplier),
            recipient: foreign(recipient),
            valued: value === null ? "no" : "yes",
            amount: value === null ? "" : amountWords(value),
            kind: value?.kind ?? "",
          })}
        />
      </p>
      <p class="hint">
        {[
          since === null
            ? say(`desk-register.status.${status}`)
            : say("desk-register.status-since", { status, day: say.day(since) }),
          ...days,
          say("desk-register.sources", { count: sources.length }),
        ].join(say("desk-register.semicolon"))}
      </p>
    </>
  );
}
