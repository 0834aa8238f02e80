/** How an owner says that a demand stands: state, by when, why, and where it can be read. */
import type { DemandState } from "@undersigned/core";
import { useState } from "preact/hooks";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Choices } from "../../../../ui/choice.tsx";
import { DayField } from "../../../../ui/day-field.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { dayInWords } from "../../editor/day-words.ts";
import { TextField } from "../../editor/text-field.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { signNew } from "../new-record.ts";
import { SourceFields } from "../source-fields.tsx";
import { useSameRecord } from "../use-same-record.ts";
import { useTyped } from "../use-typed.ts";
import { judgementWords, STATES } from "../words.ts";
import type { DemandProps } from "./demand.tsx";
import { checkJudgement, EMPTY_JUDGEMENT, judgementOf } from "./judgement-draft.ts";

export interface ProposeProps extends DemandProps {
  readonly onStop: () => void;
}

export function Propose({ of, demand, day, onDone, onStop }: ProposeProps) {
  const { say } = useDesk();
  const { value, change, clear } = useTyped(`judgement ${of.letter} ${demand.id}`, EMPTY_JUDGEMENT);
  const [tried, setTried] = useState(false);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("judgement-propose");
  const { judged, errors } = checkJudgement(value);
  const shown = tried ? (errors ?? {}) : {};
  const id = `judge-${demand.id}`;

  const propose = async () => {
    setTried(true);
    if (judged === null) return;
    const previous = demand.judgements[0]?.leaf.record ?? null;
    const record = same(judgementOf(of, demand.id, judged, previous));
    const done = await act(
      {
        title: "Propose a judgement",
        does: [
          `You say of “${demand.title}”: ${judgementWords(record, day)}.`,
          "Nothing is published before a second owner agrees. Then your signature stands in the log with theirs.",
        ],
        button: "Propose",
      },
      (signer) => ({ record, sig: signNew("judgement", record, signer) }),
    );
    if (done === null) return;
    clear();
    say("It is proposed.");
    onDone();
  };
  return (
    <Form onSubmit={propose}>
      <Choices<DemandState>
        name={`${id}-state`}
        legend={`How does “${demand.title}” stand?`}
        options={STATES}
        value={value.state as DemandState}
        error={shown.state ?? null}
        onChoose={(state) => change({ state })}
      />
      {value.state === "promised" && (
        <DayField
          id={`${id}-until`}
          label="By which day"
          value={value.until}
          error={shown.until ?? null}
          onType={(until) => change({ until })}
        >
          {value.until !== "" && <p class="hint">{dayInWords(value.until)}</p>}
        </DayField>
      )}
      <TextField
        id={`${id}-reason`}
        field="reason"
        label="Why"
        hint="In your own words, for readers. What was said or done, and what was not."
        lines={4}
        value={value.reason}
        error={shown.reason ?? null}
        onType={(reason) => change({ reason })}
      />
      <details open={shown.source !== undefined ? true : undefined}>
        <summary>Where it can be read, if it can</summary>
        <SourceFields
          id={`${id}-source`}
          legend="Source"
          source={value.source}
          errors={shown.source ?? {}}
          onChange={(part) => change({ source: { ...value.source, ...part } })}
        />
      </details>
      <ProblemNotice problem={problem} again={propose} />
      <Actions>
        <Button kind="primary" busy={busy}>
          Propose …
        </Button>
        <Button kind="quiet" onPress={onStop}>
          Not now
        </Button>
      </Actions>
    </Form>
  );
}
