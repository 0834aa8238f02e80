/** A published letter in the hands of those who pass it on: link, code to scan, poster, short text. */
import { decodeBase64url } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../../say.ts";
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
  const copy = (text: string, copied: string) => {
    setProblem(null);
    desk.copy(text).then(
      () => desk.announce(copied),
      () => setProblem("copy-refused"),
    );
  };
  const print = async () => {
    const answer = await poster.call({ workforce: letter.workforce, letter: letter.letter, link });
    if (answer !== null) desk.save("poster.pdf", decodeBase64url(answer.pdf), "application/pdf");
  };
  return (
    <>
      {letter.linkKey !== null && <Notice tone="warning">{say("desk.the-key-to-the-text")}</Notice>}
      <pre class="link">{link}</pre>
      <ProblemNotice problem={problem ?? poster.problem} again={poster.problem === null ? null : print} />
      <Actions>
        <Button kind="primary" onPress={() => copy(link, say("desk.link-copied"))}>
          {say("desk.copy-the-link")}
        </Button>
        {may("poster") && (
          <Button busy={poster.busy} onPress={print}>
            {say("desk.save-a-poster-pdf")}
          </Button>
        )}
      </Actions>
      <QrCode text={link} label={say("desk.the-link-as-a-code")} />
      {passOn !== "" && (
        <>
          <p class="over">{say("desk.text-to-pass-on")}</p>
          <p class="preview lines" dir="auto">
            {passOn}
          </p>
          <Actions>
            <Button onPress={() => copy(`${passOn}\n\n${link}`, say("desk.text-copied"))}>
              {say("desk.copy-text-and-link")}
            </Button>
          </Actions>
        </>
      )}
    </>
  );
}
