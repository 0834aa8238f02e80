/** The text of an unlisted letter, as its page will show it once it is public. */
import { useState } from "preact/hooks";
import { Addressee } from "../../shared/letter/addressee.tsx";
import { LetterText } from "../../shared/letter/letter-text.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import type { Outcome } from "./read-letter.ts";

export interface AppProps {
  /** Null while the text is being fetched. */
  readonly outcome: Outcome | null;
  /** The whole link. */
  readonly address: string;
}

export function App({ outcome, address }: AppProps) {
  if (outcome === null) {
    return <Progress label={say("read.app.the-letter-is-being-opened")} />;
  }
  if (outcome.is !== "read") {
    return (
      <Notice tone={outcome.is === "without-key" ? "plain" : "bad"} speak="alert">
        {say(`read.problem.${outcome.is}`)}
      </Notice>
    );
  }
  const { manifest } = outcome;
  return (
    <>
      <div lang={say.language} dir={say.direction}>
        <Notice tone="good" speak="status">
          {say("read.app.this-is-the-text-that")}
        </Notice>
        <PassOn address={address} />
      </div>
      <div lang={manifest.language} dir={directionOf(manifest.language)}>
        <Addressee manifest={manifest} />
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
        <Button onPress={() => void copy()}>{say("read.app.copy-the-whole-link")}</Button>
      </Actions>
      <p role="status">
        {said === "copied" && say("read.app.copied-whoever-has-it-can")}
        {said === "refused" && say("read.app.this-browser-does-not-copy")}
      </p>
    </>
  );
}
