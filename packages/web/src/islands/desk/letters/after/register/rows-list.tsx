/** Rows that stand, found by words, a screenful at a time. */
import type { Dealing } from "@undersigned/core";
import { dealingRows, filterDealings, sortDealings } from "@undersigned/dealings";
import { useMemo, useState } from "preact/hooks";
import { longDay } from "../../../../../shared/words/days.ts";
import { amountWords, STATUS_WORDS, VALUE_KINDS } from "../../../../../shared/words/dealings.ts";
import { counted } from "../../../../../shared/words/numbers.ts";
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
  if (all.length === 0) return <p>No row stands.</p>;
  return (
    <>
      {all.length > 10 && (
        <Field
          id="find-rows"
          label="Find rows"
          hint="By words that stand in what is supplied, by whom, to whom."
          value={text}
          onType={(typed) => {
            setText(typed);
            setShown(AT_ONCE);
          }}
        />
      )}
      <p role="status">{text === "" ? "" : `${counted(found.length, "row", "rows")} found.`}</p>
      <ul class="plain">
        {found.slice(0, shown).map(({ id, entry }) => (
          <li class="card" key={id}>
            <Row entry={entry} />
            {onChange !== null && (
              <Actions>
                <Button onPress={() => onChange(id)}>
                  Change …<span class="visually-hidden"> {entry.what}</span>
                </Button>
              </Actions>
            )}
          </li>
        ))}
      </ul>
      {found.length > shown && (
        <Actions>
          <Button onPress={() => setShown(shown + AT_ONCE)}>
            Show more ({counted(found.length - shown, "row", "rows")} left)
          </Button>
        </Actions>
      )}
    </>
  );
}

function Row({ entry }: { readonly entry: Dealing }) {
  const { what, supplier, recipient, agreed, from, until, value, status, since, sources } = entry;
  const days = [
    ...(agreed === null ? [] : [`agreed on ${longDay(agreed)}`]),
    ...(from === null ? [] : [`from ${longDay(from)}`]),
    ...(until === null ? [] : [`until ${longDay(until)}`]),
  ];
  return (
    <>
      <p>
        <strong>
          <bdi>{what}</bdi>
        </strong>
      </p>
      <p>
        <bdi>{supplier}</bdi> to <bdi>{recipient}</bdi>
        {value !== null && `, ${amountWords(value)} (${VALUE_KINDS[value.kind]})`}
      </p>
      <p class="hint">
        {[
          `${STATUS_WORDS[status]}${since === null ? "" : ` since ${longDay(since)}`}`,
          ...days,
          counted(sources.length, "source", "sources"),
        ].join("; ")}
      </p>
    </>
  );
}
