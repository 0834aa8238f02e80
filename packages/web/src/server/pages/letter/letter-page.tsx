/**
 * A letter: its text, its number, who is shown, how they were verified, and where anyone counts again. No script, but on the
 * page of a letter whose text is read with its link.
 */
import type { PublicFile } from "@undersigned/service";
import { copyPage as copyAddress } from "../../../shared/addresses.ts";
import { LetterText } from "../../../shared/letter/letter-text.tsx";
import { directionOf } from "../../../shared/words/direction.ts";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { ShownPage } from "../../load-signatories.ts";
import { AfterwardsSections } from "./afterwards.tsx";
import { NoText, Unlisted } from "./no-text.tsx";
import { PublicFiles } from "./public-files.tsx";
import { Signatories } from "./signatories.tsx";
import { TallyPanel } from "./tally-panel.tsx";
import { Verified } from "./verified.tsx";
import { VersionNotices } from "./versions.tsx";

export function letterPage(build: ClientBuild, data: LetterData, shown: ShownPage): PublicFile {
  const { manifest, clientLogged, unlisted, wasUnlisted, workforce, letter } = data;
  const language = manifest?.language ?? "en";
  const dir = directionOf(language);
  const title = titleOf(data);
  return htmlPage(build, {
    rehearsal: data.rehearsal,
    title,
    leave: true,
    clientLogged,
    noindex: unlisted,
    ...(unlisted && {
      island: {
        name: "read",
        data: { workforce, letter },
        connect: [],
        starting: "One moment: what opens the letter is being loaded.",
      },
    }),
    children: (island) => (
      <>
        <article class="letter" lang={language} dir={dir}>
          <header class="letter-head">
            <p class="over" lang="en">
              {unlisted ? "An unlisted letter" : manifest === null ? "A letter" : "An open letter"}
            </p>
            <h1>
              <bdi>{title}</bdi>
            </h1>
            {manifest !== null && (
              <p class="addressee">
                <span lang="en">To:</span> <bdi>{manifest.addressee.name}</bdi>,{" "}
                <bdi>{manifest.addressee.organisation}</bdi>
              </p>
            )}
          </header>
          <VersionNotices data={data} />
          <TallyPanel data={data} />
          {wasUnlisted && (
            <p class="small" lang="en" dir="ltr">
              This letter was unlisted at first. The text that is shown is the one that was signed: its hash
              is the letter's id.
            </p>
          )}
          {manifest !== null ? (
            <LetterText manifest={manifest} copyAt={(copy) => copyAddress(workforce, letter, copy)} />
          ) : unlisted ? (
            <Unlisted data={data}>{island}</Unlisted>
          ) : (
            <NoText />
          )}
        </article>
        <div class={dir === "rtl" ? "about mirrored" : "about"}>
          <AfterwardsSections data={data} />
          <Signatories data={data} shown={shown} />
          <Verified data={data} />
          <PublicFiles data={data} />
        </div>
      </>
    ),
  });
}

/** The letter's title, or what stands for it where its text is not public. */
export function titleOf({ manifest, letter }: Pick<LetterData, "manifest" | "letter">): string {
  return manifest?.title ?? `Letter ${letter.slice(0, 8)}…`;
}
