/** What the addressee has said in public, entered as an answer, with its source and a captured copy, and marked as such. */

import { MAX_ANSWER_TEXT } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { TextField } from "../../editor/text-field.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { commonOf, type OfLetter, signNew } from "../new-record.ts";
import { Opening } from "../opening.tsx";
import { checkLines, checkSource, EMPTY_SOURCE, isUntouched } from "../source-draft.ts";
import { SourceFields } from "../source-fields.tsx";
import { useSameRecord } from "../use-same-record.ts";
import { useTyped } from "../use-typed.ts";

const EMPTY = { text: "", source: EMPTY_SOURCE };

export function Statement(props: { readonly of: OfLetter; readonly onDone: () => void }) {
  const { value } = useTyped(`statement ${props.of.letter}`, EMPTY);
  const begun = value.text !== "" || !isUntouched(value.source);
  return (
    <>
      <h3>{say("desk-after.said-in-public")}</h3>
      <p>{say("desk-after.a-press-release-an-interview")}</p>
      <Opening button={say("desk-after.enter-a-statement")} about="" begun={begun}>
        {(close) => <Writing {...props} onStop={close} />}
      </Opening>
    </>
  );
}

interface WritingProps {
  readonly of: OfLetter;
  readonly onDone: () => void;
  readonly onStop: () => void;
}

function Writing({ of, onDone, onStop }: WritingProps) {
  const { announce } = useDesk();
  const { value, change, clear } = useTyped(`statement ${of.letter}`, EMPTY);
  const [tried, setTried] = useState(false);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("statement-add");
  const text = checkLines(value.text, MAX_ANSWER_TEXT, say("desk-after.enter-what-they-said"));
  const { source, errors } = checkSource(value.source);

  const add = async () => {
    setTried(true);
    if (text.error !== null || source === null) return;
    const record = same({
      type: "response-record" as const,
      kind: "statement" as const,
      ...commonOf(of),
      text: text.text,
      source,
    });
    const done = await act(
      {
        title: say("desk-after.enter-a-statement-as-an"),
        does: [
          say("desk-after.log-says-published", { publisher: foreign(source.publisher) }),
          say("desk-after.text-source-and-copy-become"),
        ],
        button: say("desk-after.publish-it"),
        forever: true,
      },
      (signer) => ({ record, sig: signNew("response", record, signer) }),
    );
    if (done === null) return;
    clear();
    announce(say("desk-after.the-statement-is-published"));
    onStop();
    onDone();
  };
  return (
    <Form onSubmit={add}>
      <TextField
        id="statement-text"
        field="statement"
        label={say("desk-after.what-they-said-word-for")}
        hint={say("desk-after.readers-look-it-up-change")}
        lines={6}
        value={value.text}
        error={tried ? text.error : null}
        onType={(typed) => change({ text: typed })}
      />
      <SourceFields
        id="statement-source"
        legend={say("desk-after.where-it-can-be-read")}
        source={value.source}
        errors={tried ? (errors ?? {}) : {}}
        onChange={(part) => change({ source: { ...value.source, ...part } })}
      />
      <ProblemNotice problem={problem} again={add} />
      <Actions>
        <Button kind="primary" busy={busy}>
          {say("desk-after.enter-it")}
        </Button>
        <Button
          kind="quiet"
          onPress={() => {
            clear();
            onStop();
          }}
        >
          {say("desk-after.do-not")}
        </Button>
      </Actions>
    </Form>
  );
}
