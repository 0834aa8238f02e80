/** One entry that stands in the log, and what can be done with it: correct it, take it back, withhold its text. */
import type { LetterManifest } from "@undersigned/core";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { useMay } from "../../../shell/desk.ts";
import type { OfLetter } from "../new-record.ts";
import { Opening } from "../opening.tsx";
import { type Entry, entryName, isInForce, kindWords, replacementOf, withheldWords } from "./entries.ts";
import { ShownEntry } from "./shown-entry.tsx";
import { TakeBack } from "./take-back.tsx";
import { WithholdEntry } from "./withhold-entry.tsx";
import { useEntryDraft, WriteEntry } from "./write-entry.tsx";

export interface ToldProps {
  readonly of: OfLetter;
  readonly manifest: LetterManifest;
  readonly chronicle: readonly Entry[];
  readonly entry: Entry;
  /** The board's day. */
  readonly today: string;
  readonly onDone: () => void;
}

export function Told(props: ToldProps) {
  const { manifest, chronicle, entry } = props;
  const { leaf, record, withheld } = entry;
  const by = replacementOf(entry, chronicle);
  const on = record?.on ?? leaf.day;
  const title = (
    <p>
      <Says
        words={say.rich("desk-timeline.told-on", {
          kind: record === null ? say(`desk-timeline.kind.${leaf.kind}`) : kindWords(record),
          on: say.day(on),
          later: on === leaf.day ? "no" : "yes",
          day: say.day(leaf.day),
          count: leaf.by.length,
          strong: (words) => (
            <strong>
              <Says words={words} />
            </strong>
          ),
        })}
      />
    </p>
  );
  const told = (
    <>
      {record !== null && <ShownEntry record={record} manifest={manifest} />}
      {record === null && (
        <p>{withheld === null ? say("desk-timeline.text-not-there") : withheldWords(withheld)}</p>
      )}
    </>
  );
  return (
    <li class="card">
      {title}
      {by === null ? (
        told
      ) : (
        <>
          <p>
            <span class="state">
              {say("desk-timeline.replaced-on", {
                how: by.leaf.kind === "removal" ? "taken" : "corrected",
                day: say.day(by.leaf.day),
              })}
            </span>
          </p>
          <details>
            <summary>
              {say("desk-timeline.what-it-said")}
              <span class="visually-hidden"> ({entryName(entry)})</span>
            </summary>
            {told}
          </details>
        </>
      )}
      <Doing {...props} />
    </li>
  );
}

function Doing(props: ToldProps) {
  const { of, entry, onDone } = props;
  const may = useMay();
  const { begun } = useEntryDraft(of, entry);
  const about = `(${entryName(entry)})`;
  const inForce = isInForce(entry);
  return (
    <>
      {inForce && entry.record !== null && may("chronicle-add") && (
        <Opening button={say("desk-timeline.correct")} about={about} begun={begun}>
          {(close) => <WriteEntry {...props} replaces={entry} onStop={close} />}
        </Opening>
      )}
      {inForce && may("chronicle-add") && (
        <Opening button={say("desk-timeline.take-back")} about={about} kind="quiet">
          {(close) => <TakeBack {...props} onStop={close} />}
        </Opening>
      )}
      {entry.record !== null && may("response-withhold") && (
        <Opening button={say("desk-timeline.withhold")} about={about} kind="quiet">
          {(close) => <WithholdEntry of={of} entry={entry} onDone={onDone} onStop={close} />}
        </Opening>
      )}
    </>
  );
}
