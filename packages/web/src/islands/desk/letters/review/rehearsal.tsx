/** The whole letter once with made-up colleagues, on this board and in its memory alone; never in the log. */
import { useEffect, useState } from "preact/hooks";
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
      <p>
        A rehearsal plays the letter from opening to closing with made-up colleagues, so that you see the
        pages as they will be. It is marked as a rehearsal everywhere, nothing of it comes into the log, and
        it is gone when the board is started anew.
      </p>
      <ProblemNotice problem={starting.problem ?? ending.problem ?? running.problem} again={running.reload} />
      {state === "running" && (
        <Progress label={running.answer?.step ?? ""} done={running.answer?.done ?? 0} of={100} />
      )}
      {state === "failed" && (
        <Notice tone="bad" speak="alert">
          The rehearsal could not be played to its end.
        </Notice>
      )}
      {state === "done" && (
        <Notice tone="good" speak="status">
          The rehearsal is done.
        </Notice>
      )}
      {running.answer?.address != null && (
        <p>
          <a class="button" href={running.answer.address} target="_blank" rel="noreferrer noopener">
            See the rehearsal’s pages (in a new tab)
          </a>
        </p>
      )}
      {state === "running" || state === "done" ? (
        <Actions>
          <Button
            busy={ending.busy}
            onPress={() => ending.call({}).then((done) => done !== null && running.reload())}
          >
            End the rehearsal
          </Button>
        </Actions>
      ) : manifest === null ? (
        <p>It can be rehearsed when nothing stops it any more.</p>
      ) : (
        <Form onSubmit={start}>
          <Field
            id="colleagues"
            label="Made-up colleagues"
            hint={`From ${FEWEST} to ${MOST}.`}
            inputMode="numeric"
            dir="ltr"
            value={colleagues}
            error={fits ? null : `Choose a number from ${FEWEST} to ${MOST}.`}
            onType={setColleagues}
          />
          <Actions>
            <Button busy={starting.busy}>Rehearse</Button>
          </Actions>
        </Form>
      )}
    </>
  );
}
