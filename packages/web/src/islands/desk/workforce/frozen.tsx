/** A frozen workforce: the file goes to the registrars, their signatures come back, and it enters the log. */

import {
  type ActAnswer,
  encodeCanonical,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useEffect, useState } from "preact/hooks";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field, FileField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { OpenDocument } from "../outbox/open-document.ts";
import { useDesk, useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { useCall } from "../shell/use-call.ts";
import { fingerprint } from "./registrars-section.tsx";

export interface FrozenProps {
  readonly document: OpenDocument;
  /** Null until it was made again of the fields. */
  readonly manifest: WorkforceManifest | null;
}

type Signed = ActAnswer<"workforce-sign">;

export function Frozen({ document, manifest }: FrozenProps) {
  const may = useMay();
  const { save, announce } = useDesk();
  const signing = useCall("workforce-sign");
  const adding = useCall("workforce-add");
  const thawing = useCall("workforce-thaw");
  const [signed, setSigned] = useState<Signed | null>(null);
  const [text, setText] = useState("");

  const bring = async (signatures: string[]) => {
    const answer = await signing.call({ document: document.id, signatures });
    if (answer === null) return;
    setSigned(answer);
    setText("");
  };
  useEffect(() => {
    if (may("workforce-sign")) void bring([]);
  }, [document.id]);

  const add = async () => {
    const done = await adding.call(
      { document: document.id },
      {
        title: say("desk-workforce.add-the-workforce-to-the"),
        does: [
          say("desk-workforce.makes-it-public-the-employers"),
          say("desk-workforce.it-stays-in-the-log"),
        ],
        button: say("desk-workforce.add-it"),
        forever: true,
      },
    );
    if (done === null) return;
    announce(say("desk-workforce.the-workforce-is-in-the"));
    await document.refresh();
  };
  const thaw = async () => {
    if ((await thawing.call({ document: document.id })) !== null) await document.refresh();
  };
  const all = signed?.registrars.every((one) => one.signed) ?? false;
  return (
    <>
      <p>{say("desk-workforce.it-is-frozen-send-the")}</p>
      {manifest !== null && (
        <>
          <p>{say("desk-workforce.its-number")}</p>
          <p class="fingerprint">{fingerprint(workforceManifestHash(encodeCanonical(manifest)))}</p>
          <Actions>
            <Button
              kind={all ? "plain" : "primary"}
              onPress={() => save("workforce-manifest.json", encodeCanonical(manifest), "application/json")}
            >
              {say("desk-workforce.save-the-file-for-registrars")}
            </Button>
          </Actions>
        </>
      )}
      {signed !== null && (
        <>
          <h3>{say("desk-workforce.signatures")}</h3>
          <ul>
            {signed.registrars.map(({ registrar, name, signed: has }) => (
              <li key={registrar}>
                <Says
                  words={say.rich("desk-workforce.has-signed", {
                    name: foreign(name),
                    has: has ? "yes" : "no",
                  })}
                />
              </li>
            ))}
          </ul>
          {signed.refused.length > 0 && (
            <Notice tone="warning" speak="alert">
              {say("desk-workforce.not-taken", { count: signed.refused.length })}
            </Notice>
          )}
        </>
      )}
      <ProblemNotice problem={signing.problem} again={signing.again} />
      {may("workforce-sign") && !all && (
        <Form onSubmit={() => text.trim() !== "" && bring([text.trim()])}>
          <FileField
            id="signature-file"
            label={say("desk-workforce.a-registrars-signature-as-a")}
            onFile={(file) => bring([new TextDecoder().decode(file).trim()])}
          />
          <Field
            id="signature-text"
            label={say("desk-workforce.or-paste-its-text")}
            dir="ltr"
            lines={3}
            value={text}
            onType={setText}
          />
          <Actions>
            <Button busy={signing.busy}>{say("desk-workforce.bring-this-signature")}</Button>
          </Actions>
        </Form>
      )}
      <ProblemNotice problem={adding.problem ?? thawing.problem} again={adding.again ?? thawing.again} />
      <Actions>
        {may("workforce-add") && all && (
          <Button kind="primary" onPress={add} busy={adding.busy}>
            {say("desk-workforce.add-it-to-the-log")}
          </Button>
        )}
        {may("workforce-thaw") && (
          <Button onPress={thaw} busy={thawing.busy}>
            {say("desk-workforce.open-it-for-writing-again")}
          </Button>
        )}
      </Actions>
    </>
  );
}
