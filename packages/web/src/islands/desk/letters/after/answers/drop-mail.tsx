/** An answer that somebody has as a file: read as if it had come to the answer address. */
import { encodeBase64url, MAX_ANSWER_MAIL_BYTES } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { FileField } from "../../../../ui/field.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { Progress } from "../../../../ui/progress.tsx";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useCall } from "../../../shell/use-call.ts";
import type { OfLetter } from "../new-record.ts";
import { mailFileProblem } from "./mail-file.ts";
import { reasonWords } from "./reasons.ts";

export function DropMail({ of, onDone }: { readonly of: OfLetter; readonly onDone: () => void }) {
  const dropping = useCall("answer-drop");
  const [failure, setFailure] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<{ readonly verified: boolean; readonly words: string } | null>(null);

  const drop = async (bytes: Uint8Array) => {
    setOutcome(null);
    dropping.forget();
    const problem = mailFileProblem(bytes);
    setFailure(problem);
    if (problem !== null) return;
    finish(await dropping.call({ ...of, mail: encodeBase64url(bytes) }));
  };
  const finish = (came: Awaited<ReturnType<typeof dropping.call>>) => {
    if (came === null) return;
    const { verified, reason } = came;
    setOutcome({
      verified,
      words: verified
        ? say("desk-after.this-is-the-addressees-answer")
        : `${say("desk-after.does-not-count")} ${reason === null ? "" : reasonWords(reason)}`,
    });
    onDone();
  };
  const { again } = dropping;
  return (
    <>
      <h3>{say("desk-after.a-mail-as-a-file")}</h3>
      <FileField
        id="answer-file"
        label={say("desk-after.the-mail-as-an-eml")}
        hint={say("desk-after.if-the-addressee-answered-to")}
        accept=".eml,message/rfc822"
        start={MAX_ANSWER_MAIL_BYTES + 1}
        onFile={drop}
      />
      {failure !== null && (
        <Notice tone="bad" speak="alert">
          {failure}
        </Notice>
      )}
      {dropping.busy && <Progress label={say("desk-after.the-mail-is-being-checked")} />}
      <ProblemNotice
        problem={dropping.problem}
        again={again === null ? null : async () => finish(await again())}
      />
      {outcome !== null && (
        <Notice tone={outcome.verified ? "good" : "warning"} speak="status">
          {outcome.words}
        </Notice>
      )}
    </>
  );
}
