/** The sentence to quote, with a button that copies it; where a browser does not let it, the sentence is selected. */

import { useRef, useState } from "preact/hooks";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";

export function Quote({ sentence }: { readonly sentence: string }) {
  const quote = useRef<HTMLQuoteElement>(null);
  const [said, setSaid] = useState("");
  const select = () => {
    if (quote.current !== null) getSelection()?.selectAllChildren(quote.current);
    setSaid(say("recount.quote.the-sentence-is-selected-copy"));
  };
  const copy = () => {
    // Missing outside of secure contexts and in some browsers.
    const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
    if (clipboard === undefined) return select();
    clipboard.writeText(sentence).then(() => setSaid(say("recount.quote.the-sentence-is-copied")), select);
  };
  return (
    <>
      {say.language !== "en" && <p class="hint">{say("recount.in-english")}</p>}{" "}
      <blockquote ref={quote} lang="en" dir="ltr">
        {" "}
        {sentence}{" "}
      </blockquote>
      <Actions>
        <Button onPress={copy}>{say("recount.quote.copy-the-sentence")}</Button>
      </Actions>
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}
