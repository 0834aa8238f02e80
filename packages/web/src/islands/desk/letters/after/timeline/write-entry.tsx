/** A form for an entry: new, or in the place of another. Where two owners must sign it, it is proposed. */
import { entryOrganisers, type LetterManifest } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Choices } from "../../../../ui/choice.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { type OfLetter, signNew } from "../new-record.ts";
import { useSameRecord } from "../use-same-record.ts";
import { useTyped } from "../use-typed.ts";
import { type Entry, isBehind, kindWords } from "./entries.ts";
import {
  checkEntry,
  draftOfEntry,
  EMPTY_ENTRY,
  type EntryDraft,
  entryRecord,
  WRITTEN_KINDS,
  type WrittenKind,
} from "./entry-draft.ts";
import { EntryFields } from "./entry-fields.tsx";
import { TranslationFields } from "./translation-fields.tsx";

export interface WriteEntryProps {
  readonly of: OfLetter;
  readonly manifest: LetterManifest;
  readonly chronicle: readonly Entry[];
  /** What it takes the place of; null for a new one. */
  readonly replaces: Entry | null;
  /** The board's day. */
  readonly today: string;
  readonly onDone: () => void;
  readonly onStop: () => void;
}

/** What is typed into the form, here and wherever it is asked whether something is. */
export function useEntryDraft(of: OfLetter, replaces: Entry | null) {
  const empty = replaces?.record == null ? EMPTY_ENTRY : draftOfEntry(replaces.record);
  const typed = useTyped<EntryDraft>(`chronicle ${of.letter} ${replaces?.leaf.record ?? ""}`, empty);
  return { ...typed, begun: JSON.stringify(typed.value) !== JSON.stringify(empty) };
}

export function WriteEntry(props: WriteEntryProps) {
  const { of, manifest, chronicle, replaces, today, onDone, onStop } = props;
  const { announce } = useDesk();
  const { value, change, clear } = useEntryDraft(of, replaces);
  const [tried, setTried] = useState(false);
  const same = useSameRecord();
  const adding = useSignedAct("chronicle-add");
  const proposing = useSignedAct("chronicle-propose");
  const checked = checkEntry(value, manifest, today);
  const errors = tried ? (checked.errors ?? {}) : {};
  const id = replaces === null ? "entry" : `correct-${replaces.index}`;
  const two = value.kind !== "" && entryOrganisers(value.kind) === 2;
  const hash = replaces?.leaf.record ?? null;
  // A second translation into a language, or other topics, must take the place of the first: the list has a button for that.
  const taken = checked.told !== null && isBehind(entryRecord(of, checked.on, checked.told, hash), chronicle);

  const enter = async () => {
    setTried(true);
    if (checked.told === null || taken) return;
    const record = same(entryRecord(of, checked.on, checked.told, hash));
    const kind = kindWords(record);
    const question = {
      title: say(two ? "desk-timeline.propose-an-entry" : "desk-timeline.enter-an-entry"),
      does: [
        hash === null
          ? say("desk-timeline.log-tells", { kind })
          : say("desk-timeline.log-corrects", { kind }),
        say(two ? "desk-timeline.nothing-before-a-second" : "desk-timeline.all-of-it-is-public"),
      ],
      button: say(two ? "desk-timeline.propose" : "desk-timeline.publish"),
      forever: !two,
    };
    const done = await (two ? proposing : adding).act(question, (signer) => ({
      record,
      sig: signNew("chronicle", record, signer),
    }));
    if (done === null) return;
    clear();
    announce(say(two ? "desk-timeline.it-is-proposed" : "desk-timeline.it-is-published"));
    onStop();
    onDone();
  };
  return (
    <Form onSubmit={enter}>
      {replaces === null && (
        <Choices<WrittenKind>
          name={`${id}-kind`}
          legend={say("desk-timeline.what-is-it")}
          options={WRITTEN_KINDS.map((kind) => ({
            value: kind,
            label: say(`desk-timeline.kind.${kind}`),
            hint: say(`desk-timeline.kind.${kind}.hint`),
          }))}
          value={value.kind}
          error={errors.kind ?? null}
          onChoose={(kind) => change({ kind })}
        />
      )}
      {value.kind !== "" && two && <p>{say("desk-timeline.two-must-sign")}</p>}
      {value.kind === "translation" && (
        <TranslationFields
          id={id}
          manifest={manifest}
          draft={value}
          fixed={replaces !== null}
          errors={errors}
          onChange={change}
        />
      )}
      {value.kind !== "" && value.kind !== "translation" && (
        <EntryFields
          id={id}
          kind={value.kind}
          draft={value}
          today={today}
          errors={errors}
          onChange={change}
        />
      )}
      {tried && checked.errors !== null && value.kind !== "" && (
        <p class="error" role="alert">
          {say("desk-timeline.something-does-not-fit")}
        </p>
      )}
      {tried && taken && (
        <p class="error" role="alert">
          {say(
            replaces !== null
              ? "desk-timeline.another-has-its-place"
              : "desk-timeline.correct-the-one-there-is",
          )}
        </p>
      )}
      <ProblemNotice problem={two ? proposing.problem : adding.problem} again={enter} />
      <Actions>
        <Button kind="primary" busy={adding.busy || proposing.busy}>
          {say(two ? "desk-timeline.propose-it" : "desk-timeline.enter-it")}
        </Button>
        <Button
          kind="quiet"
          onPress={() => {
            clear();
            onStop();
          }}
        >
          {say("desk-timeline.do-not")}
        </Button>
      </Actions>
    </Form>
  );
}
