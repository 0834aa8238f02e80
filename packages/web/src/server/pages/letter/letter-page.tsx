/**
 * A letter: its text, its number, who is shown, how they were verified, and where anyone counts again. No script, but on the
 * page of a letter whose text is read with its link.
 */
import type { Say } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { copyPage as copyAddress, inLanguage } from "../../../shared/addresses.ts";
import { Addressee } from "../../../shared/letter/addressee.tsx";
import { LetterText } from "../../../shared/letter/letter-text.tsx";
import { OwnWords } from "../../../shared/own-words.tsx";
import { directionOf } from "../../../shared/words/direction.ts";
import type { FollowedLetterData } from "../../followed/load-followed.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { ShownPage } from "../../load-signatories.ts";
import { letterWays } from "../../ways/head.ts";
import { Microdata, microdata } from "../../ways/microdata.tsx";
import { passedOn } from "../../ways/public-letter.ts";
import { AfterwardsSections } from "./afterwards.tsx";
import { Mirrors } from "./mirrors.tsx";
import { NoText, Unlisted } from "./no-text.tsx";
import { PassOn } from "./pass-on.tsx";
import { PlotSection } from "./plot.tsx";
import { PublicFiles } from "./public-files.tsx";
import { Signatories } from "./signatories.tsx";
import { TallyPanel } from "./tally-panel.tsx";
import { Translations } from "./translation-page.tsx";
import { Verified } from "./verified.tsx";
import { VersionNotices } from "./versions.tsx";

/** `pictures`: whether there are cards and badges. */
export function letterPage(
  frame: Frame,
  data: LetterData,
  shown: ShownPage,
  followed: FollowedLetterData,
  pictures: boolean,
): PublicFile {
  const { manifest, clientLogged, unlisted, wasUnlisted, workforce, letter } = data;
  const language = manifest?.language ?? "en";
  const dir = directionOf(language);
  const { say } = frame;
  const title = titleOf(say, data);
  const passed = passedOn(data);
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title,
    leave: true,
    clientLogged,
    noindex: unlisted,
    ...(passed !== null && { ways: letterWays(frame.say, passed, pictures) }),
    ...(unlisted && {
      island: {
        name: "read",
        data: { workforce, letter },
        connect: [],
        starting: say("public.letter.starting"),
      },
    }),
    children: (island) => (
      <>
        <article class="letter" lang={language} dir={dir} {...(passed !== null && microdata)}>
          {passed !== null && <Microdata of={passed} />}
          <header class="letter-head">
            <p class="over">
              <OwnWords>
                {say("public.letter.kind", {
                  kind: unlisted ? "unlisted" : manifest === null ? "no-text" : "open",
                })}
              </OwnWords>
            </p>
            <h1 {...(passed !== null && { itemprop: "headline" })}>
              <bdi>{title}</bdi>
            </h1>
            {manifest !== null && <Addressee manifest={manifest} />}
          </header>
          <VersionNotices data={data} />
          <Translations data={data} of={followed} />
          <TallyPanel data={data} />
          {wasUnlisted && (
            <p class="small" lang={say.language} dir={say.direction}>
              {say("public.letter.was-unlisted")}
            </p>
          )}
          {manifest !== null ? (
            <LetterText
              manifest={manifest}
              copyAt={(copy) => inLanguage(say.language, copyAddress(workforce, letter, copy))}
            />
          ) : unlisted ? (
            <Unlisted data={data}>{island}</Unlisted>
          ) : (
            <NoText />
          )}
        </article>
        <div class={dir !== say.direction ? "about mirrored" : "about"}>
          <PlotSection of={followed} leads />
          <AfterwardsSections data={data} />
          <Signatories data={data} shown={shown} />
          <Verified data={data} />
          <Mirrors of={followed} />
          {passed !== null && <PassOn of={passed} pictures={pictures} />}
          <PublicFiles data={data} />
        </div>
      </>
    ),
  });
}

/** The letter's title, or what stands for it where its text is not public. */
export function titleOf(say: Say, { manifest, letter }: Pick<LetterData, "manifest" | "letter">): string {
  return manifest?.title ?? say("public.letter.without-title", { id: letter.slice(0, 8) });
}
