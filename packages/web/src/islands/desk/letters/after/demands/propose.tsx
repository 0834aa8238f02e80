/** How an owner says that a demand stands: state, by when, why, and where it can be read. */

import type { DemandState } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
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
  const { announce } = useDesk();
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
        title: say("desk-after.propose-a-judgement-4"),
        does: [
          say("desk-after.you-say-of", {
            title: foreign(demand.title),
            judgement: judgementWords(record, day),
          }),
          say("desk-after.nothing-is-published-before-a"),
        ],
        button: say("desk-after.propose"),
      },
      (signer) => ({ record, sig: signNew("judgement", record, signer) }),
    );
    if (done === null) return;
    clear();
    announce(say("desk-after.it-is-proposed"));
    onDone();
  };
  return (
    <Form onSubmit={propose}>
      <Choices<DemandState>
        name={`${id}-state`}
        legend={say("desk-after.how-does-it-stand", { title: foreign(demand.title) })}
        options={STATES.map((state) => ({
          value: state,
          label: say(`desk-after.state.${state}`),
          hint: say(`desk-after.state.${state}.hint`),
        }))}
        value={value.state as DemandState}
        error={shown.state ?? null}
        onChoose={(state) => change({ state })}
      />
      {value.state === "promised" && (
        <DayField
          id={`${id}-until`}
          label={say("desk-after.by-which-day")}
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
        label={say("desk-after.why")}
        hint={say("desk-after.in-your-own-words-for")}
        lines={4}
        value={value.reason}
        error={shown.reason ?? null}
        onType={(reason) => change({ reason })}
      />
      <details open={shown.source !== undefined ? true : undefined}>
        <summary>{say("desk-after.where-it-can-be-read-if")}</summary>
        <SourceFields
          id={`${id}-source`}
          legend={say("desk-after.source")}
          source={value.source}
          errors={shown.source ?? {}}
          onChange={(part) => change({ source: { ...value.source, ...part } })}
        />
      </details>
      <ProblemNotice problem={problem} again={propose} />
      <Actions>
        <Button kind="primary" busy={busy}>
          {say("desk-after.propose-2")}
        </Button>
        <Button kind="quiet" onPress={onStop}>
          {say("desk-after.not-now")}
        </Button>
      </Actions>
    </Form>
  );
}
