/** The supplementary document: claims, each with sources that readers can look up, and copies of what may vanish. */

import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { DayField } from "../../../ui/day-field.tsx";
import { errorAt, type SectionProps } from "./editing.ts";
import { PartsList } from "./parts-list.tsx";
import { SourceCopy } from "./source-copy.tsx";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

const EMPTY_CLAIM = { text: "", sources: [] };
const EMPTY_SOURCE = { title: "", publisher: "", day: "", url: "", quote: "", copy: null };
const MOST_SOURCES = 20;

export function SourcesSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <p>{say("desk-writing.what-the-letter-rests-on")}</p>
      {values.claims.length > 0 && (
        <TextField
          id="supplement-title"
          field="supplementTitle"
          label={say("desk-writing.title-of-the-supplement")}
          value={values.supplementTitle}
          error={errorAt(editing, "supplementTitle")}
          onType={(text) => document.set("supplementTitle", text)}
        />
      )}
      <PartsList
        document={document}
        order="claims"
        prefix="claim"
        ids={values.claims.map(({ id }) => id)}
        most={200}
        empty={EMPTY_CLAIM}
      >
        {(id) => <Claim editing={editing} id={id} />}
      </PartsList>
    </>
  );
}

function Claim({ editing, id }: SectionProps & { readonly id: string }) {
  const { document, values } = editing;
  const field = `claim:${id}`;
  const { id: _, ...claim } = values.claims.find((one) => one.id === id) ?? { id, ...EMPTY_CLAIM };
  type Source = (typeof claim.sources)[number];
  const setSources = (sources: readonly Source[]) => document.set(field, { ...claim, sources });
  const change = (at: number, part: Partial<Source>) =>
    setSources(claim.sources.map((source, i) => (i === at ? { ...source, ...part } : source)));
  return (
    <>
      <TextField
        id={`${id}-text`}
        field={field}
        label={say("desk-writing.what-is-claimed")}
        lines={3}
        value={claim.text}
        error={errorAt(editing, field)}
        onType={(text) => document.set(field, { ...claim, text })}
      />
      {claim.sources.map((source, i) => {
        const of = `${id}-source-${i}`;
        return (
          <fieldset class="source-fields" key={of}>
            <legend>{say("desk-writing.source-n", { n: i + 1 })}</legend>
            <TextField
              id={`${of}-title`}
              field={field}
              label={say("desk-writing.title")}
              value={source.title}
              onType={(title) => change(i, { title })}
            />
            <TextField
              id={`${of}-publisher`}
              field={field}
              label={say("desk-writing.publisher")}
              value={source.publisher}
              onType={(publisher) => change(i, { publisher })}
            />
            <DayField
              id={`${of}-day`}
              label={say("desk-writing.day-of-publication-if-it")}
              value={source.day}
              onType={(day) => change(i, { day })}
            />
            <TextField
              id={`${of}-url`}
              field={field}
              label={say("desk-writing.link")}
              dir="ltr"
              value={source.url}
              onType={(url) => change(i, { url })}
            />
            <TextField
              id={`${of}-quote`}
              field={field}
              label={say("desk-writing.the-very-words")}
              hint={say("desk-writing.a-short-quotation-that-bears")}
              lines={3}
              value={source.quote}
              onType={(quote) => change(i, { quote })}
            />
            <SourceCopy
              id={`${of}-copy`}
              copy={source.copy}
              url={source.url}
              onCopy={(copy) => change(i, { copy })}
            />
            <Actions>
              <Button
                kind="quiet"
                onPress={() => setSources(claim.sources.filter((_source, other) => other !== i))}
              >
                {say("desk-writing.take-out-source", { n: i + 1 })}
              </Button>
            </Actions>
          </fieldset>
        );
      })}
      {claim.sources.length < MOST_SOURCES && (
        <Actions>
          <Button onPress={() => setSources([...claim.sources, EMPTY_SOURCE])}>
            {say("desk-writing.add-a-source")}
          </Button>
        </Actions>
      )}
      <WrittenBy editing={editing} field={field} />
    </>
  );
}
