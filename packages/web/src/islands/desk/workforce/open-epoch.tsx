/** Opens an epoch: from then on people can enrol. The board asks the registrars for their keys, or is brought their files. */

import { type ActAnswer, epochNumber } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
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
      <h3>{say("desk-workforce.open-an-epoch")}</h3>
      <p>{say("desk-workforce.an-epoch-is-a-span")}</p>
      <NumberField
        id="epoch"
        label={say("desk-workforce.number-of-the-epoch")}
        hint={say("desk-workforce.1-for-the-first-then")}
        value={number}
        onNumber={setNumber}
      />
      <FileField
        id="statement-file"
        label={say("desk-workforce.a-registrars-key-statement-if")}
        hint={say("desk-workforce.brought", { count: files.length })}
        onFile={(file) => setFiles([...files, new TextDecoder().decode(file).trim()])}
      />
      <ProblemNotice problem={problem} again={again} />
      {answer !== null && <Answer answer={answer} />}
      <Actions>
        <Button busy={busy}>{say("desk-workforce.open-it")}</Button>
      </Actions>
    </Form>
  );
}

function Answer({ answer: { opened, opens, closes, missing } }: { readonly answer: Opened }) {
  if (opened && opens !== null && closes !== null) {
    return (
      <Notice tone="good" speak="status">
        <Says
          words={say.rich("desk-workforce.epoch-is-open", { opens: say.day(opens), closes: say.day(closes) })}
        />
      </Notice>
    );
  }
  return (
    <Notice tone="warning" speak="alert">
      <Says words={say.rich("desk-workforce.epoch-not-open", { missing: foreign(missing.join(", ")) })} />
    </Notice>
  );
}
