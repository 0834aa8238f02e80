/** Says beside a letter's text that there is a newer one, or which one it replaces. */
import { changesPage, letterPage } from "../../../shared/addresses.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import type { LetterData } from "../../load-letter.ts";
import type { OtherVersion } from "../../load-versions.ts";
import { titleOf } from "./letter-page.tsx";

export function VersionNotices({ data }: { readonly data: LetterData }) {
  const { workforce, letter, versions } = data;
  const { older, newer } = versions;
  return (
    <>
      {newer !== null && (
        <div class="notice" lang="en" dir="ltr">
          <p>
            {newer.sameOpener
              ? "The organisers have opened a newer version of this letter: "
              : "Somebody else who may open letters here has opened one that is meant to replace this one: "}
            <VersionLink workforce={workforce} version={newer} />.
          </p>
          <p>
            Signatures under this letter stay what they are. Under the other are only those who have signed it
            too. <ChangesLink workforce={workforce} letter={newer.letter} versions={[data, newer]} />
          </p>
        </div>
      )}
      {older !== null && (
        <div class="notice" lang="en" dir="ltr">
          <p>
            {older.sameOpener
              ? "This is a new version of an earlier letter: "
              : "This letter is meant to replace one that somebody else has opened: "}
            <VersionLink workforce={workforce} version={older} />.
          </p>
          <p>
            Nobody's signature came over by itself: each under this letter was given for this text.{" "}
            <ChangesLink workforce={workforce} letter={letter} versions={[data, older]} />
          </p>
        </div>
      )}
    </>
  );
}

export function VersionLink({
  workforce,
  version,
}: {
  readonly workforce: string;
  readonly version: Pick<OtherVersion, "letter" | "manifest">;
}) {
  const language = version.manifest?.language ?? "en";
  return (
    <a href={letterPage(workforce, version.letter)}>
      <bdi lang={language} dir={directionOf(language)}>
        {titleOf(version)}
      </bdi>
    </a>
  );
}

/** Nothing where one of the texts is not public. */
function ChangesLink(of: {
  readonly workforce: string;
  /** The newer one. */
  readonly letter: string;
  readonly versions: readonly Pick<OtherVersion, "manifest">[];
}) {
  if (of.versions.some(({ manifest }) => manifest === null)) return null;
  return <a href={changesPage(of.workforce, of.letter)}>What has changed, word by word</a>;
}
