/** The sentence to quote, with a button that copies it; where a browser does not let it, the sentence is selected. */
import { useRef, useState } from "preact/hooks";
import { Actions, Button } from "../ui/button.tsx";

export function Quote({ sentence }: { readonly sentence: string }) {
  const quote = useRef<HTMLQuoteElement>(null);
  const [said, setSaid] = useState("");
  const select = () => {
    if (quote.current !== null) getSelection()?.selectAllChildren(quote.current);
    setSaid("The sentence is selected: copy it as you copy other text.");
  };
  const copy = () => {
    // Missing outside of secure contexts and in some browsers.
    const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
    if (clipboard === undefined) return select();
    clipboard.writeText(sentence).then(() => setSaid("The sentence is copied."), select);
  };
  return (
    <>
      <blockquote ref={quote}>{sentence}</blockquote>
      <Actions>
        <Button onPress={copy}>Copy the sentence</Button>
      </Actions>
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}
