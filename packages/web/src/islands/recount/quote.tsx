/** The sentence to quote, with a button that copies it; where a browser does not let it, the sentence is selected. */

import { plain, type Words } from "@undersigned/messages";
import { useRef, useState } from "preact/hooks";
import { Says } from "../../shared/says.tsx";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";

export function Quote({ sentence }: { readonly sentence: Words }) {
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
    clipboard
      .writeText(plain(sentence))
      .then(() => setSaid(say("recount.quote.the-sentence-is-copied")), select);
  };
  return (
    <>
      <blockquote ref={quote}>
        <Says words={sentence} />
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
