/** What the addressee has said in public, entered as an answer, with its source and a captured copy, and marked as such. */
import { MAX_ANSWER_TEXT } from "@undersigned/core";
import { useState } from "preact/hooks";
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
      <h3>Said in public</h3>
      <p>
        A press release, an interview, a post of the addressee's can be entered as an answer. It is marked as
        what organisers have entered.
      </p>
      <Opening button="Enter a statement …" about="" begun={begun}>
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
  const { say } = useDesk();
  const { value, change, clear } = useTyped(`statement ${of.letter}`, EMPTY);
  const [tried, setTried] = useState(false);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("statement-add");
  const text = checkLines(value.text, MAX_ANSWER_TEXT, "Enter what they said.");
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
        title: "Enter a statement as an answer",
        does: [
          `The log says that ${source.publisher} has published this as what the addressee said, and that you have entered it.`,
          "Text, source and copy become public. It is marked as a statement that organisers have entered, not as a mail.",
        ],
        button: "Publish it",
        forever: true,
      },
      (signer) => ({ record, sig: signNew("response", record, signer) }),
    );
    if (done === null) return;
    clear();
    say("The statement is published.");
    onStop();
    onDone();
  };
  return (
    <Form onSubmit={add}>
      <TextField
        id="statement-text"
        field="statement"
        label="What they said, word for word"
        hint="Readers look it up: change nothing."
        lines={6}
        value={value.text}
        error={tried ? text.error : null}
        onType={(typed) => change({ text: typed })}
      />
      <SourceFields
        id="statement-source"
        legend="Where it can be read"
        source={value.source}
        errors={tried ? (errors ?? {}) : {}}
        onChange={(part) => change({ source: { ...value.source, ...part } })}
      />
      <ProblemNotice problem={problem} again={add} />
      <Actions>
        <Button kind="primary" busy={busy}>
          Enter it …
        </Button>
        <Button
          kind="quiet"
          onPress={() => {
            clear();
            onStop();
          }}
        >
          Do not
        </Button>
      </Actions>
    </Form>
  );
}
