/** What the organisers wrote, on the letter's page and while they write it: Markdown in the body, plain text elsewhere. */
import type { LetterManifest } from "@undersigned/core";
import { parseMarkdown, type Token } from "../markdown.ts";
import { OwnWords } from "../own-words.tsx";
import { Paragraphs, Says } from "../says.tsx";
import { useSay } from "../speech.ts";
import { Prose } from "./prose.tsx";
import { Supplement } from "./supplement.tsx";

export interface LetterTextProps {
  readonly manifest: LetterManifest;
  /** Where a kept copy is shown, by its hash; left out where none is public. */
  readonly copyAt?: (sha256: string) => string;
}

export function LetterText({ manifest, copyAt }: LetterTextProps) {
  const say = useSay();
  const { demands, supplement, delivers, delivery } = manifest;
  return (
    <>
      <Prose tokens={proseOf(manifest)} />
      {demands.length > 0 && (
        <section class="demands" aria-labelledby="demands">
          <h2 id="demands">
            <OwnWords>{say("shared.demands")}</OwnWords>
          </h2>
          <ol class="items">
            {demands.map((demand) => (
              <li key={demand.id} class="item" id={`demand-${demand.id}`}>
                <h3>
                  <bdi>{demand.title}</bdi>
                </h3>
                <div dir="auto">
                  <Paragraphs text={demand.text} />
                </div>
                <div class="met">
                  <h4>
                    <OwnWords>{say("shared.met-when")}</OwnWords>
                  </h4>
                  <div dir="auto">
                    <Paragraphs text={demand.met} />
                  </div>
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section class="delivery" aria-labelledby="delivery">
        <h2 id="delivery">
          <OwnWords>
            <Says words={say.rich("shared.delivery-on", { day: say.day(delivers) })} />
          </OwnWords>
        </h2>
        <div dir="auto">
          <Paragraphs text={delivery} />
        </div>
      </section>
      {supplement !== null && <Supplement supplement={supplement} copyAt={copyAt} />}
    </>
  );
}

/** Kept as long as the view that holds the manifest is. */
const parsed = new WeakMap<LetterManifest, readonly Token[]>();

function proseOf(manifest: LetterManifest): readonly Token[] {
  const tokens = parsed.get(manifest) ?? parseMarkdown(manifest.body);
  parsed.set(manifest, tokens);
  return tokens;
}
