/** From unlisted to public: what becomes visible, and the signature by the key that opened the letter. */

import { signObject } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useSignedAct } from "../use-signed-act.ts";
import type { Letter } from "../words.ts";

export function GoPublic({ letter, onDone }: { readonly letter: Letter; readonly onDone: () => void }) {
  const { announce } = useDesk();
  const { act, busy, problem } = useSignedAct("letter-reveal");
  const { workforce, letter: id, title } = letter;
  const reveal = async () => {
    const done = await act(
      {
        title: say("desk-letters.make-the-letter-public"),
        does: [
          say("desk-letters.anyone-can-read", { title: foreign(title) }),
          say("desk-letters.everybody-who-signed-by-name"),
          say("desk-letters.it-stands-on-the-boards"),
        ],
        button: say("desk-letters.make-it-public"),
        forever: true,
      },
      async (signer) => {
        const { sig } = signObject({ type: "reveal-request", v: 1, workforce, letter: id }, signer);
        return { workforce, letter: id, sig };
      },
    );
    if (done === null) return;
    announce(say("desk-letters.the-letter-is-public"));
    onDone();
  };
  return (
    <>
      <h3>{say("desk-letters.going-public")}</h3>
      <p>{say("desk-letters.the-text-can-be-read")}</p>
      <ProblemNotice problem={problem} again={reveal} />
      <Actions>
        <Button busy={busy} onPress={reveal}>
          {say("desk-letters.make-it-public-4")}
        </Button>
      </Actions>
    </>
  );
}
