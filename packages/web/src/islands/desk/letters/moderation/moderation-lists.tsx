/** Names that nobody but their bearer should sign with, and words that wait for a look. */
import { useState } from "preact/hooks";
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
      <h3>What stops a name until somebody has looked</h3>
      <p>
        The addressee’s name stops by itself, and so do insults in English, links, hidden characters and what
        does not read as a name. A name that a registrar has confirmed is looked at in the same way.
      </p>
      <Field
        id="public-figures"
        label="Names of well-known people"
        hint="One a line: directors, politicians, whoever jokers would sign as."
        lines={6}
        value={shown.figures}
        onType={setFigures}
      />
      <Field
        id="stop-words"
        label="Words"
        hint="One a line, in any language: insults, slogans."
        lines={6}
        value={shown.words}
        onType={setWords}
      />
      <ProblemNotice problem={saving.problem} again={saving.again} />
      {saved && (
        <Notice tone="good" speak="status">
          Saved.
        </Notice>
      )}
      {may("moderation-lists-save") && (
        <Actions>
          <Button kind="primary" busy={saving.busy}>
            Save the lists
          </Button>
        </Actions>
      )}
    </Form>
  );
}
