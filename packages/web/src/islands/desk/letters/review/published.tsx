/** A published letter in the hands of those who pass it on: link, code to scan, poster, short text. */
import { decodeBase64url } from "@undersigned/core";
import { useState } from "preact/hooks";
import { Actions, Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { QrCode } from "../../../ui/qr-code.tsx";
import { useDesk, useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useCall } from "../../shell/use-call.ts";
import { letterLink } from "../links.ts";
import type { Letter } from "../words.ts";

export function PassOn({ letter, passOn }: { readonly letter: Letter; readonly passOn: string }) {
  const desk = useDesk();
  const may = useMay();
  const poster = useCall("poster");
  const [problem, setProblem] = useState<string | null>(null);
  const link = letterLink(desk.origin, letter);
  const copy = (text: string, what: string) => {
    setProblem(null);
    desk.copy(text).then(
      () => desk.say(`${what} copied.`),
      () => setProblem("copy-refused"),
    );
  };
  const print = async () => {
    const answer = await poster.call({ workforce: letter.workforce, letter: letter.letter, link });
    if (answer !== null) desk.save("poster.pdf", decodeBase64url(answer.pdf), "application/pdf");
  };
  return (
    <>
      {letter.linkKey !== null && (
        <Notice tone="warning">
          The key to the text is part of this link, behind the sign #. Whoever has the link can read the
          letter and pass it on. Give it by ways that your employer does not read.
        </Notice>
      )}
      <pre class="link">{link}</pre>
      <ProblemNotice problem={problem ?? poster.problem} again={poster.problem === null ? null : print} />
      <Actions>
        <Button kind="primary" onPress={() => copy(link, "Link")}>
          Copy the link
        </Button>
        {may("poster") && (
          <Button busy={poster.busy} onPress={print}>
            Save a poster (PDF)
          </Button>
        )}
      </Actions>
      <QrCode text={link} label="The link, as a code to scan" />
      {passOn !== "" && (
        <>
          <p class="over">Text to pass on</p>
          <p class="preview lines" dir="auto">
            {passOn}
          </p>
          <Actions>
            <Button onPress={() => copy(`${passOn}\n\n${link}`, "Text with its link")}>
              Copy text and link
            </Button>
          </Actions>
        </>
      )}
    </>
  );
}
