/** The whole letter once with made-up colleagues, on this board and in its memory alone; never in the log. */
import { useEffect, useState } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useAnswer, useCall } from "../../shell/use-call.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

const LOOK_AGAIN_MS = 1500;
const FEWEST = 5;
const MOST = 60;

export function Rehearsal({ draft }: { readonly draft: LetterDraft }) {
  const { manifest } = draft.result;
  const running = useAnswer("rehearsal", {});
  const starting = useCall("rehearsal-start");
  const ending = useCall("rehearsal-end");
  const [colleagues, setColleagues] = useState("30");
  const state = running.answer?.state ?? "none";
  useEffect(() => {
    if (state !== "running") return;
    const timer = setTimeout(running.reload, LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, running.answer, running.reload]);
  const count = Number(colleagues);
  const fits = Number.isInteger(count) && count >= FEWEST && count <= MOST;
  const start = async () => {
    if (manifest === null || !fits) return;
    const started = await starting.call({ document: draft.document.id, manifest, colleagues: count });
    if (started !== null) running.reload();
  };
  return (
    <>
      <p>{say("desk-writing.a-rehearsal-plays-the-letter")}</p>
      <ProblemNotice problem={starting.problem ?? ending.problem ?? running.problem} again={running.reload} />
      {state === "running" && (
        <Progress label={say("desk-writing.being-played")} done={running.answer?.done ?? 0} of={100} />
      )}
      {state === "failed" && (
        <Notice tone="bad" speak="alert">
          {say("desk-writing.the-rehearsal-could-not-be")}
        </Notice>
      )}
      {state === "done" && (
        <Notice tone="good" speak="status">
          {say("desk-writing.the-rehearsal-is-done")}
        </Notice>
      )}
      {running.answer?.address != null && (
        <p>
          <a class="button" href={running.answer.address} target="_blank" rel="noreferrer noopener">
            {say("desk-writing.see-the-rehearsals-pages-in")}
          </a>
        </p>
      )}
      {state === "running" || state === "done" ? (
        <Actions>
          <Button
            busy={ending.busy}
            onPress={() => ending.call({}).then((done) => done !== null && running.reload())}
          >
            {say("desk-writing.end-the-rehearsal")}
          </Button>
        </Actions>
      ) : manifest === null ? (
        <p>{say("desk-writing.it-can-be-rehearsed-when")}</p>
      ) : (
        <Form onSubmit={start}>
          <Field
            id="colleagues"
            label={say("desk-writing.made-up-colleagues")}
            hint={say("desk-writing.from-to", { fewest: FEWEST, most: MOST })}
            inputMode="numeric"
            dir="ltr"
            value={colleagues}
            error={fits ? null : say("desk-writing.choose-from-to", { fewest: FEWEST, most: MOST })}
            onType={setColleagues}
          />
          <Actions>
            <Button busy={starting.busy}>{say("desk-writing.rehearse")}</Button>
          </Actions>
        </Form>
      )}
    </>
  );
}
