/** Says beside a letter's text that there is a newer one, or which one it replaces. */
import { changesPage, letterPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import type { LetterData } from "../../load-letter.ts";
import type { OtherVersion } from "../../load-versions.ts";
import { titleOf } from "./letter-page.tsx";

export function VersionNotices({ data }: { readonly data: LetterData }) {
  const { workforce, letter, versions } = data;
  const { older, newer } = versions;
  const say = useSay();
  const link = (version: OtherVersion) => ({
    made: <VersionLink workforce={workforce} version={version} />,
  });
  return (
    <>
      {newer !== null && (
        <div class="notice" lang={say.language} dir={say.direction}>
          <p>
            <Says
              words={say.rich(newer.sameOpener ? "public.versions.newer" : "public.versions.newer-other", {
                letter: link(newer),
              })}
            />
          </p>
          <p>
            {say("public.versions.stay")}{" "}
            <ChangesLink workforce={workforce} letter={newer.letter} versions={[data, newer]} />
          </p>
        </div>
      )}
      {older !== null && (
        <div class="notice" lang={say.language} dir={say.direction}>
          <p>
            <Says
              words={say.rich(older.sameOpener ? "public.versions.older" : "public.versions.older-other", {
                letter: link(older),
              })}
            />
          </p>
          <p>
            {say("public.versions.came-over")}{" "}
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
  const say = useSay();
  const at = useAddress();
  const language = version.manifest?.language ?? "en";
  return (
    <a href={at(letterPage(workforce, version.letter))}>
      <bdi lang={language} dir={directionOf(language)}>
        {titleOf(say, version)}
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
  const say = useSay();
  const at = useAddress();
  if (of.versions.some(({ manifest }) => manifest === null)) return null;
  return <a href={at(changesPage(of.workforce, of.letter))}>{say("public.versions.changes")}</a>;
}
