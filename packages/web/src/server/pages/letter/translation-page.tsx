/**
 * `/w/…/letters/…/translations/<language>`: a letter's text in a language that it was not signed in. It says so first: the text
 * that was signed is the binding one.
 */
import type { LetterManifest, TranslationEntry } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";
import {
  translationPage as address,
  copyPage,
  inLanguage,
  letterPage as letterAddress,
} from "../../../shared/addresses.ts";
import { LetterText } from "../../../shared/letter/letter-text.tsx";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { translationsOf } from "../../followed/chronicle.ts";
import type { FollowedLetterData } from "../../followed/load-followed.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { languageName } from "../../words/timeline.ts";

/** Null where there is none into this language (in lower case). */
export function translationPage(
  frame: Frame,
  data: LetterData,
  of: FollowedLetterData,
  language: string,
): PublicFile | null {
  const { manifest, workforce, letter } = data;
  const found = translationsOf(of.chronicle).find((entry) => entry.language.toLowerCase() === language);
  if (manifest === null || found === undefined) return null;
  const text = translated(manifest, found);
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title: found.title,
    leave: true,
    clientLogged: data.clientLogged,
    children: (
      <>
        <p class="notice">
          <Binding data={data} manifest={manifest} language={found.language} />
        </p>
        <article class="letter" lang={found.language} dir={directionOf(found.language)}>
          <header class="letter-head">
            <h1>
              <bdi>{found.title}</bdi>
            </h1>
            <p class="addressee">
              <bdi>{manifest.addressee.name}</bdi>, <bdi>{manifest.addressee.organisation}</bdi>
            </p>
          </header>
          <LetterText
            manifest={text}
            copyAt={(copy) => inLanguage(frame.say.language, copyPage(workforce, letter, copy))}
          />
        </article>
      </>
    ),
  });
}

function Binding({
  data: { workforce, letter },
  manifest,
  language,
}: {
  readonly data: LetterData;
  readonly manifest: LetterManifest;
  readonly language: string;
}) {
  const say = useSay();
  const at = useAddress();
  return (
    <Says
      words={say.rich("followed.binding", {
        language: languageName(say, language),
        original: languageName(say, manifest.language),
        link: (inner) => (
          <a href={at(letterAddress(workforce, letter))}>
            <Says words={inner} />
          </a>
        ),
      })}
    />
  );
}

/** The manifest in other words. Sources stay those of the binding text. */
function translated(manifest: LetterManifest, entry: TranslationEntry): LetterManifest {
  const claims = new Map(entry.supplement?.claims.map((claim) => [claim.id, claim.text]));
  return {
    ...manifest,
    language: entry.language,
    title: entry.title,
    body: entry.body,
    demands: entry.demands,
    supplement:
      manifest.supplement === null
        ? null
        : {
            title: entry.supplement?.title ?? manifest.supplement.title,
            claims: manifest.supplement.claims.map((claim) => ({
              ...claim,
              text: claims.get(claim.id) ?? claim.text,
            })),
          },
  };
}

/** On the letter's page: which translations there are. Nothing where there is none. */
export function Translations({ data, of }: { readonly data: LetterData; readonly of: FollowedLetterData }) {
  const say = useSay();
  const at = useAddress();
  const translations = translationsOf(of.chronicle);
  if (data.manifest === null || translations.length === 0) return null;
  return (
    <nav
      class="translations"
      lang={say.language}
      dir={say.direction}
      aria-label={say("followed.translations")}
    >
      <p class="small">
        {say("followed.translations-lead", { language: languageName(say, data.manifest.language) })}
      </p>
      <ul>
        {translations.map(({ language }) => (
          <li key={language}>
            <a href={at(address(data.workforce, data.letter, language))} hreflang={language}>
              {languageName(say, language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
