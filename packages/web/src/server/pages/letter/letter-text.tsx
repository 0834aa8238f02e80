/**
 * What the organisers wrote. All of it is theirs: Markdown in the body, plain text elsewhere. HTML is set as it is for what
 * markdown.ts made alone.
 */
import type { LetterManifest } from "@undersigned/core";
import { renderMarkdown } from "../../markdown.ts";
import { DayTime, Paragraphs } from "../says.tsx";
import { Supplement } from "./supplement.tsx";

export function LetterText({ manifest }: { readonly manifest: LetterManifest }) {
  const { demands, supplement, delivers, delivery } = manifest;
  return (
    <>
      <div class="prose" dangerouslySetInnerHTML={{ __html: proseOf(manifest) }} />
      {demands.length > 0 && (
        <section class="demands" aria-labelledby="demands">
          <h2 id="demands" lang="en">
            Demands
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
                  <h4 lang="en">Met when</h4>
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
        <h2 id="delivery" lang="en">
          Delivery on <DayTime day={delivers} />
        </h2>
        <div dir="auto">
          <Paragraphs text={delivery} />
        </div>
      </section>
      {supplement !== null && <Supplement supplement={supplement} />}
    </>
  );
}

/** Kept as long as the view that holds the manifest is. */
const prose = new WeakMap<LetterManifest, string>();

function proseOf(manifest: LetterManifest): string {
  const html = prose.get(manifest) ?? renderMarkdown(manifest.body);
  prose.set(manifest, html);
  return html;
}

export function NoText() {
  return (
    <p class="prose">
      The text of this letter is not public. Whoever has it can check that it is this one: its hash is the
      letter's id.
    </p>
  );
}
