/** What of the letter can be taken away: all of it to count again, and the list of what is public. */
import { httpSource, makeBundle } from "@undersigned/verify";
import { useState } from "preact/hooks";
import { letterPage } from "../../../../shared/addresses.ts";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { codeOf } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import type { Letter } from "../words.ts";

export function Downloads({ letter }: { readonly letter: Letter }) {
  const { origin, save } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const bundle = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const source = httpSource(`${origin}/w/${letter.workforce}`, {
        fetch: (input, init) => fetch(input, init),
      });
      save("letters.zip", await makeBundle(source, letter.workforce), "application/zip");
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h3>{say("desk-letters.to-take-away")}</h3>
      <p>{say("desk-letters.the-bundle-holds-everything-that")}</p>
      <ProblemNotice problem={problem} again={bundle} />
      <Actions>
        <Button busy={busy} onPress={bundle}>
          {say("desk-letters.save-the-bundle")}
        </Button>
        <a class="button" href={`${letterPage(letter.workforce, letter.letter)}/signatories.csv`} download>
          {say("desk-letters.save-the-table")}
        </a>
      </Actions>
    </>
  );
}
