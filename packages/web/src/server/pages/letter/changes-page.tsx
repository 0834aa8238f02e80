/** `/w/…/letters/…/changes`: what a new version says otherwise than the letter that it replaces, word by word. No script. */
import type { LetterManifest } from "@undersigned/core";
import { foreign, type Language, type Say, type Tag } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { inLanguage, letterPage as letterAddress } from "../../../shared/addresses.ts";
import { type ChangedText, type PartOfLetter, partsCompared } from "../../../shared/letter-changes.ts";
import { Says } from "../../../shared/says.tsx";
import { useSay } from "../../../shared/speech.ts";
import { changesWords } from "../../../shared/words/changes.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { type Piece, wordDifference } from "../../changes/word-difference.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { fieldWords } from "../../words/letter-fields.ts";
import { titleOf } from "./letter-page.tsx";
import { VersionLink } from "./versions.tsx";

/** What stands in the letter in its own language; the rest is ours. */
const WRITTEN: ReadonlySet<PartOfLetter> = new Set([
  "title",
  "addressee",
  "body",
  "demand",
  "supplement",
  "claim",
  "delivery",
]);

interface Compared extends ChangedText {
  readonly pieces: readonly Piece[];
}

/** Null where one of the texts is not public. */
export function changesPage(frame: Frame, data: LetterData): PublicFile | null {
  const { manifest, versions, workforce, letter, clientLogged } = data;
  const { older } = versions;
  const { say } = frame;
  if (manifest === null || older === null || older.manifest === null) return null;
  const parts = compare(say, older.manifest, manifest);
  const changed = parts.filter(({ before, after }) => before !== after);
  const same = parts.filter(({ before, after }) => before === after && after !== "");
  const language = manifest.language;
  return htmlPage(frame, {
    title: say("public.changes.title", { letter: titleOf(say, data) }),
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={inLanguage(say.language, letterAddress(workforce, letter))}>
            <bdi lang={language} dir={directionOf(language)}>
              {titleOf(say, data)}
            </bdi>
          </a>
        </p>
        <h1>{say("public.changes")}</h1>
        <p>
          <Says
            words={say.rich("public.changes.replaces", {
              letter: { made: <VersionLink workforce={workforce} version={older} /> },
            })}
          />{" "}
          {changesWords(say, changed)}
        </p>
        {changed.length > 0 && (
          <p class="small">
            <Says words={say.rich("public.changes.how", { del, ins })} />
          </p>
        )}
        {changed.map((part) => (
          <Part key={`${part.of} ${part.id}`} part={part} language={language} />
        ))}
        {same.length > 0 && (
          <section class="change" aria-labelledby="unchanged">
            <h2 id="unchanged">{say("public.changes.unchanged")}</h2>
            <ul>
              {same.map(({ of, id }) => (
                <li key={`${of} ${id}`}>{nameOf(say, of, id)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
    ),
  });
}

function Part({ part, language }: { readonly part: Compared; readonly language: string }) {
  const say = useSay();
  const { of, id, before, after, pieces } = part;
  const heading = `change-${of}${id === null ? "" : `-${id}`}`;
  const own = WRITTEN.has(of);
  return (
    <section class="change" aria-labelledby={heading}>
      <h2 id={heading}>
        {say("public.changes.heading", {
          part: nameOf(say, of, id),
          is: before === "" ? "new" : after === "" ? "gone" : "changed",
        })}
      </h2>
      <div
        class="changed"
        lang={own ? language : say.language}
        dir={own ? directionOf(language) : say.direction}
      >
        {pieces.map((piece) => (
          <Said piece={piece} />
        ))}
      </div>
    </section>
  );
}

/** Said to screen readers, which mostly keep still about both elements. */
function Said({ piece: { is, text } }: { readonly piece: Piece }) {
  const say = useSay();
  if (is === "same") return text;
  const inner = (
    <>
      <span class="visually-hidden" lang={say.language}>
        {` ${say("public.changes.aside-begins", { is })} `}
      </span>
      {text}
      <span class="visually-hidden" lang={say.language}>
        {`${say("public.changes.aside-ends")} `}
      </span>
    </>
  );
  return is === "removed" ? <del>{inner}</del> : <ins>{inner}</ins>;
}

const del: Tag = (inner) => (
  <del>
    <Says words={inner} />
  </del>
);
const ins: Tag = (inner) => (
  <ins>
    <Says words={inner} />
  </ins>
);

function nameOf(say: Say, part: PartOfLetter, id: string | null): string {
  if (part === "order") return say("public.changes.order", { of: id ?? "" });
  const name = say("public.changes.part", { part });
  return id === null ? name : say("public.changes.part-of-many", { part: name, id: foreign(id) });
}

/** Kept as long as the view that holds the newer manifest is: the work is bounded, and not little. */
const kept = new WeakMap<
  LetterManifest,
  Map<Language, { before: LetterManifest; parts: readonly Compared[] }>
>();

function compare(say: Say, before: LetterManifest, after: LetterManifest): readonly Compared[] {
  const languages = kept.get(after) ?? new Map();
  const known = languages.get(say.language);
  if (known?.before === before) return known.parts;
  const parts = partsCompared(fieldWords(say), before, after).map((part) => ({
    ...part,
    pieces: part.before === part.after ? [] : wordDifference(part.before, part.after, after.language),
  }));
  languages.set(say.language, { before, parts });
  kept.set(after, languages);
  return parts;
}
