/** Names that nobody but their bearer should sign with, and words that wait for a look. */
import { useState } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useAnswer, useCall } from "../../shell/use-call.ts";
import { lines } from "./lines.ts";

export function ModerationLists() {
  const may = useMay();
  const { answer, problem, reload } = useAnswer("moderation-lists", {});
  const saving = useCall("moderation-lists-save");
  const [figures, setFigures] = useState<string | null>(null);
  const [words, setWords] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  if (answer === null) return <ProblemNotice problem={problem} again={reload} />;
  const shown = {
    figures: figures ?? answer.publicFigures.join("\n"),
    words: words ?? answer.words.join("\n"),
  };
  const save = async () => {
    setSaved(false);
    const body = { publicFigures: lines(shown.figures), words: lines(shown.words), base: answer.version };
    if ((await saving.call(body)) === null) return;
    setSaved(true);
    setFigures(null);
    setWords(null);
    reload();
  };
  return (
    <Form onSubmit={save}>
      <h3>{say("desk-moderation.what-stops-a-name-until")}</h3>
      <p>{say("desk-moderation.the-addressees-name-stops-by")}</p>
      <Field
        id="public-figures"
        label={say("desk-moderation.names-of-well-known-people")}
        hint={say("desk-moderation.one-a-line-directors-politicians")}
        lines={6}
        value={shown.figures}
        onType={setFigures}
      />
      <Field
        id="stop-words"
        label={say("desk-moderation.words")}
        hint={say("desk-moderation.one-a-line-in-any")}
        lines={6}
        value={shown.words}
        onType={setWords}
      />
      <ProblemNotice problem={saving.problem} again={saving.again} />
      {saved && (
        <Notice tone="good" speak="status">
          {say("desk-moderation.saved")}
        </Notice>
      )}
      {may("moderation-lists-save") && (
        <Actions>
          <Button kind="primary" busy={saving.busy}>
            {say("desk-moderation.save-the-lists")}
          </Button>
        </Actions>
      )}
    </Form>
  );
}
