/** Language, title and text, with what readers will see beside or below it. */
import { useMemo, useState } from "preact/hooks";
import { Prose } from "../../../../shared/letter/prose.tsx";
import { parseMarkdown } from "../../../../shared/markdown.ts";
import { directionOf } from "../../../../shared/words/direction.ts";
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
        label="Language of the letter"
        hint="A short tag: en, de, fr, ar … So that browsers and screen readers know it, and which way it is written."
        dir="ltr"
        value={values.language}
        error={errorAt(editing, "language")}
        onType={(text) => document.set("language", text)}
      />
      <TextField
        id="title"
        field="title"
        label="Title"
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
            label="Text"
            hint="Leave a line empty between paragraphs. **Two stars** make text bold, *one* makes it italic; a line that begins with # is a heading, with - an entry of a list. Pictures and HTML are not shown."
            lines={18}
            value={values.body}
            error={errorAt(editing, "body")}
            onType={(text) => document.set("body", text)}
          />
          <WrittenBy editing={editing} field="body" />
          <Button kind="quiet" onPress={() => setShown(!shown)}>
            {shown ? "Hide how it looks" : "Show how it looks"}
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
    <section class="preview" aria-label="How readers see it">
      <p class="hint">How readers see it:</p>
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
