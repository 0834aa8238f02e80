/** `/w/…/letters/…/changes`: what a new version says otherwise than the letter that it replaces, word by word. No script. */
import type { LetterManifest } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";
import { letterPage as letterAddress } from "../../../shared/addresses.ts";
import { type ChangedText, type PartOfLetter, partsCompared } from "../../../shared/letter-changes.ts";
import { changesWords } from "../../../shared/words/changes.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { type Piece, wordDifference } from "../../changes/word-difference.ts";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { OtherVersion } from "../../load-versions.ts";
import { titleOf } from "./letter-page.tsx";
import { VersionLink } from "./versions.tsx";

/** What stands in the letter in its own language; the rest is ours, in English. */
const WRITTEN: ReadonlySet<PartOfLetter> = new Set([
  "title",
  "addressee",
  "body",
  "demand",
  "supplement",
  "claim",
  "delivery",
]);

const HEADINGS: Readonly<Record<PartOfLetter, string>> = {
  title: "Title",
  addressee: "Addressee",
  body: "Text",
  demand: "Demand",
  supplement: "Supplementary document",
  claim: "Claim",
  order: "Order",
  dates: "Dates",
  delivery: "Delivery",
  appearing: "How signatories may appear",
  batches: "When signatures come out",
  organisers: "Keys of the organisers",
  language: "Language",
};

interface Compared extends ChangedText {
  readonly pieces: readonly Piece[];
}

/** Null where one of the texts is not public. */
export function changesPage(build: ClientBuild, data: LetterData): PublicFile | null {
  const { manifest, versions, workforce, letter, clientLogged } = data;
  const { older } = versions;
  if (manifest === null || older === null || older.manifest === null) return null;
  const parts = compare(older.manifest, manifest);
  const changed = parts.filter(({ before, after }) => before !== after);
  const same = parts.filter(({ before, after }) => before === after && after !== "");
  const language = manifest.language;
  return htmlPage(build, {
    title: `What has changed: ${titleOf(data)}`,
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={letterAddress(workforce, letter)}>
            <bdi lang={language} dir={directionOf(language)}>
              {titleOf(data)}
            </bdi>
          </a>
        </p>
        <h1>What has changed</h1>
        <p>
          This letter replaces <VersionLink workforce={workforce} version={older as OtherVersion} />.{" "}
          {changesWords(changed)}
        </p>
        {changed.length > 0 && (
          <p class="small">
            What is gone is <del>struck through</del>; what is new is <ins>underlined</ins>. The text is shown
            as it was typed, with its signs for headings and emphasis.
          </p>
        )}
        {changed.map((part) => (
          <Part key={`${part.of} ${part.id}`} part={part} language={language} />
        ))}
        {same.length > 0 && (
          <section class="change" aria-labelledby="unchanged">
            <h2 id="unchanged">Unchanged</h2>
            <ul>
              {same.map(({ of, id }) => (
                <li key={`${of} ${id}`}>{nameOf(of, id)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    ),
  });
}

function Part({ part, language }: { readonly part: Compared; readonly language: string }) {
  const { of, id, before, after, pieces } = part;
  const heading = `change-${of}${id === null ? "" : `-${id}`}`;
  const own = WRITTEN.has(of);
  return (
    <section class="change" aria-labelledby={heading}>
      <h2 id={heading}>
        {nameOf(of, id)}
        {before === "" && ": new"}
        {after === "" && ": no longer there"}
      </h2>
      <div class="changed" lang={own ? language : "en"} dir={own ? directionOf(language) : "ltr"}>
        {pieces.map((piece) => (
          <Said piece={piece} />
        ))}
      </div>
    </section>
  );
}

/** Said to screen readers, which mostly keep still about both elements. */
function Said({ piece: { is, text } }: { readonly piece: Piece }) {
  if (is === "same") return text;
  const word = is === "removed" ? "gone" : "new";
  const inner = (
    <>
      <span class="visually-hidden" lang="en">{` (${word}: `}</span>
      {text}
      <span class="visually-hidden" lang="en">
        {") "}
      </span>
    </>
  );
  return is === "removed" ? <del>{inner}</del> : <ins>{inner}</ins>;
}

function nameOf(of: PartOfLetter, id: string | null): string {
  if (of === "order") return `Order of ${id}s`;
  return id === null ? HEADINGS[of] : `${HEADINGS[of]} “${id}”`;
}

/** Kept as long as the view that holds the newer manifest is: the work is bounded, and not little. */
const kept = new WeakMap<LetterManifest, { before: LetterManifest; parts: readonly Compared[] }>();

function compare(before: LetterManifest, after: LetterManifest): readonly Compared[] {
  const known = kept.get(after);
  if (known?.before === before) return known.parts;
  const parts = partsCompared(before, after).map((part) => ({
    ...part,
    pieces: part.before === part.after ? [] : wordDifference(part.before, part.after, after.language),
  }));
  kept.set(after, { before, parts });
  return parts;
}
