/** A letter: its text, its number, who is shown, how they were verified, and where anyone counts again. No script. */
import type { PublicFile } from "@undersigned/service";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import type { ShownPage } from "../../load-signatories.ts";
import { directionOf } from "../../words/direction.ts";
import { LetterText, NoText } from "./letter-text.tsx";
import { PublicFiles } from "./public-files.tsx";
import { Signatories } from "./signatories.tsx";
import { TallyPanel } from "./tally-panel.tsx";
import { Verified } from "./verified.tsx";

export function letterPage(build: ClientBuild, data: LetterData, shown: ShownPage): PublicFile {
  const { manifest, clientLogged } = data;
  const language = manifest?.language ?? "en";
  const dir = directionOf(language);
  const title = titleOf(data);
  return htmlPage(build, {
    title,
    leave: true,
    clientLogged,
    children: (
      <>
        <article class="letter" lang={language} dir={dir}>
          <header class="letter-head">
            <p class="over" lang="en">
              {manifest === null ? "A letter" : "An open letter"}
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
          <TallyPanel data={data} />
          {manifest === null ? <NoText /> : <LetterText manifest={manifest} />}
        </article>
        <div class={dir === "rtl" ? "about mirrored" : "about"}>
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
