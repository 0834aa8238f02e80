/** Language, title and text, with what readers will see beside or below it. */
import { useMemo, useState } from "preact/hooks";
import { Prose } from "../../../../shared/letter/prose.tsx";
import { parseMarkdown } from "../../../../shared/markdown.ts";
import { directionOf } from "../../../../shared/words/direction.ts";
import { say } from "../../../say.ts";
import { Button } from "../../../ui/button.tsx";
import { errorAt, type SectionProps } from "./editing.ts";
import { usePaused } from "./found-notice.tsx";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

export function LetterTextSection({ editing }: SectionProps) {
  const { document, values } = editing;
  const [shown, setShown] = useState(true);
  return (
    <>
      <TextField
        id="language"
        field="language"
        label={say("desk-writing.language-of-the-letter")}
        hint={say("desk-writing.a-short-tag-en-de")}
        dir="ltr"
        value={values.language}
        error={errorAt(editing, "language")}
        onType={(text) => document.set("language", text)}
      />
      <TextField
        id="title"
        field="title"
        label={say("desk-writing.title")}
        value={values.title}
        error={errorAt(editing, "title")}
        onType={(text) => document.set("title", text)}
      />
      <WrittenBy editing={editing} field="title" />
      <div class={shown ? "side-by-side" : ""}>
        <div>
          <TextField
            id="body"
            field="body"
            label={say("desk-writing.text")}
            hint={say("desk-writing.leave-a-line-empty-between")}
            lines={18}
            value={values.body}
            error={errorAt(editing, "body")}
            onType={(text) => document.set("body", text)}
          />
          <WrittenBy editing={editing} field="body" />
          <Button kind="quiet" onPress={() => setShown(!shown)}>
            {shown ? say("desk-writing.hide-how-it-looks") : say("desk-writing.show-how-it-looks")}
          </Button>
        </div>
        {shown && <Preview text={values.body} title={values.title} language={values.language} />}
      </div>
    </>
  );
}

interface PreviewProps {
  readonly text: string;
  readonly title: string;
  readonly language: string;
}

function Preview({ text, title, language }: PreviewProps) {
  const paused = usePaused(text);
  const tokens = useMemo(() => parseMarkdown(paused, 2), [paused]);
  return (
    <section class="preview" aria-label={say("desk-writing.how-readers-see-it")}>
      <p class="hint">{say("desk-writing.how-readers-see-it-5")}</p>
      <div lang={language} dir={directionOf(language)}>
        {title !== "" && (
          <p class="preview-title">
            <bdi>{title}</bdi>
          </p>
        )}
        <Prose tokens={tokens} />
      </div>
    </section>
  );
}
