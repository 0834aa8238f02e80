/** Opens an epoch: from then on people can enrol. The board asks the registrars for their keys, or is brought their files. */
import { type ActAnswer, epochNumber } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../shared/words/days.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { FileField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useCall } from "../shell/use-call.ts";

type Opened = ActAnswer<"epoch-open">;
const LAST = epochNumber.schema.maximum as number;

export function OpenEpoch({ workforce }: { readonly workforce: string }) {
  const { busy, problem, again, call } = useCall("epoch-open");
  const [number, setNumber] = useState<number | null>(1);
  const [files, setFiles] = useState<readonly string[]>([]);
  const [answer, setAnswer] = useState<Opened | null>(null);
  const open = async () => {
    if (number === null || number < 1 || number > LAST) return;
    const statements = files.length === 0 ? null : [...files];
    setAnswer(await call({ workforce, epoch: number, statements }));
  };
  return (
    <Form onSubmit={open}>
      <h3>Open an epoch</h3>
      <p>
        An epoch is a span of time, with room for sixteen letters, for which people enrol once. Registrars
        make keys for it first; the board then asks them for these.
      </p>
      <NumberField
        id="epoch"
        label="Number of the epoch"
        hint="1 for the first, then one more each time."
        value={number}
        onNumber={setNumber}
      />
      <FileField
        id="statement-file"
        label="A registrar’s key statement, if the board cannot ask it"
        hint={files.length === 0 ? "Most boards can." : `${files.length} brought so far.`}
        onFile={(file) => setFiles([...files, new TextDecoder().decode(file).trim()])}
      />
      <ProblemNotice problem={problem} again={again} />
      {answer !== null && <Answer answer={answer} />}
      <Actions>
        <Button busy={busy}>Open it</Button>
      </Actions>
    </Form>
  );
}

function Answer({ answer: { opened, opens, closes, missing } }: { readonly answer: Opened }) {
  if (opened && opens !== null && closes !== null) {
    return (
      <Notice tone="good" speak="status">
        The epoch is open: people can enrol from {longDay(opens)} until {longDay(closes)}.
      </Notice>
    );
  }
  return (
    <Notice tone="warning" speak="alert">
      It is not open yet. Still missing: <bdi>{missing.join(", ")}</bdi>. Ask these registrars to open the
      epoch on their side, then try again.
    </Notice>
  );
}
