/** The text of an unlisted letter, as its page will show it once it is public. */
import { useState } from "preact/hooks";
import { LetterText } from "../../shared/letter/letter-text.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import type { Outcome } from "./read-letter.ts";
import { PROBLEMS } from "./words.ts";

export interface AppProps {
  /** Null while the text is being fetched. */
  readonly outcome: Outcome | null;
  /** The whole link. */
  readonly address: string;
}

export function App({ outcome, address }: AppProps) {
  if (outcome === null) {
    return <Progress label="The letter is being opened on this device." />;
  }
  if (outcome.is !== "read") {
    return (
      <Notice tone={outcome.is === "without-key" ? "plain" : "bad"} speak="alert">
        {PROBLEMS[outcome.is]}
      </Notice>
    );
  }
  const { manifest } = outcome;
  return (
    <>
      <div lang="en" dir="ltr">
        <Notice tone="good" speak="status">
          This is the text that the log names: this device has opened it with your link and checked it.
        </Notice>
        <PassOn address={address} />
      </div>
      <div lang={manifest.language} dir={directionOf(manifest.language)}>
        <p class="addressee">
          <span lang="en">To:</span> <bdi>{manifest.addressee.name}</bdi>,{" "}
          <bdi>{manifest.addressee.organisation}</bdi>
        </p>
        <LetterText manifest={manifest} />
      </div>
    </>
  );
}

/** The address bar no longer has the key, so the whole link is to be had here. */
function PassOn({ address }: Pick<AppProps, "address">) {
  const [said, setSaid] = useState<"nothing" | "copied" | "refused">("nothing");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setSaid("copied");
    } catch {
      setSaid("refused");
    }
  };
  return (
    <>
      <Actions>
        <Button onPress={() => void copy()}>Copy the whole link</Button>
      </Actions>
      <p role="status">
        {said === "copied" && "Copied. Whoever has it can read the letter."}
        {said === "refused" && "This browser does not copy. Pass on the link that you were given."}
      </p>
    </>
  );
}
