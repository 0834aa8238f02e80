/** From unlisted to public: what becomes visible, and the signature by the key that opened the letter. */
import { signObject } from "@undersigned/core";
import { Actions, Button } from "../../../ui/button.tsx";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useSignedAct } from "../use-signed-act.ts";
import type { Letter } from "../words.ts";

export function GoPublic({ letter, onDone }: { readonly letter: Letter; readonly onDone: () => void }) {
  const { say } = useDesk();
  const { act, busy, problem } = useSignedAct("letter-reveal");
  const { workforce, letter: id, title } = letter;
  const reveal = async () => {
    const done = await act(
      {
        title: "Make the letter public",
        does: [
          `Anyone can read “${title}” from then on, and that it is what was signed.`,
          "Everybody who signed by name or role is shown. They were told so when they signed.",
          "It stands on the board’s first page.",
        ],
        button: "Make it public",
        forever: true,
      },
      async (signer) => {
        const { sig } = signObject({ type: "reveal-request", v: 1, workforce, letter: id }, signer);
        return { workforce, letter: id, sig };
      },
    );
    if (done === null) return;
    say("The letter is public.");
    onDone();
  };
  return (
    <>
      <h3>Going public</h3>
      <p>
        The text can be read with the link only. When you make it public, text and names that were withheld
        are shown, and everybody can check that the text is the one that was signed.
      </p>
      <ProblemNotice problem={problem} again={reveal} />
      <Actions>
        <Button busy={busy} onPress={reveal}>
          Make it public …
        </Button>
      </Actions>
    </>
  );
}
