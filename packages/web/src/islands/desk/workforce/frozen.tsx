/** A frozen workforce: the file goes to the registrars, their signatures come back, and it enters the log. */
import {
  type ActAnswer,
  encodeCanonical,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { useEffect, useState } from "preact/hooks";
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
  const { save, say } = useDesk();
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
        title: "Add the workforce to the log",
        does: [
          "Makes it public: the employer’s name, its mail domains, the registrars, the number of people.",
          "It stays in the log for good. A later version can change it; what it says today can still be read.",
        ],
        button: "Add it",
        forever: true,
      },
    );
    if (done === null) return;
    say("The workforce is in the log.");
    await document.refresh();
  };
  const thaw = async () => {
    if ((await thawing.call({ document: document.id })) !== null) await document.refresh();
  };
  const all = signed?.registrars.every((one) => one.signed) ?? false;
  return (
    <>
      <p>
        It is frozen. Send the file to each registrar: they look at it, compare its number with you by
        telephone, sign it, and send a small file back.
      </p>
      {manifest !== null && (
        <>
          <p>Its number:</p>
          <p class="fingerprint">{fingerprint(workforceManifestHash(encodeCanonical(manifest)))}</p>
          <Actions>
            <Button
              kind={all ? "plain" : "primary"}
              onPress={() => save("workforce-manifest.json", encodeCanonical(manifest), "application/json")}
            >
              Save the file for registrars
            </Button>
          </Actions>
        </>
      )}
      {signed !== null && (
        <>
          <h3>Signatures</h3>
          <ul>
            {signed.registrars.map(({ registrar, name, signed: has }) => (
              <li key={registrar}>
                <bdi>{name}</bdi>: {has ? "has signed" : "has not signed yet"}
              </li>
            ))}
          </ul>
          {signed.refused.length > 0 && (
            <Notice tone="warning" speak="alert">
              {signed.refused.length === 1 ? "One file was" : `${signed.refused.length} files were`} not
              taken: it is no signature of this very file by one of these registrars.
            </Notice>
          )}
        </>
      )}
      <ProblemNotice problem={signing.problem} again={signing.again} />
      {may("workforce-sign") && !all && (
        <Form onSubmit={() => text.trim() !== "" && bring([text.trim()])}>
          <FileField
            id="signature-file"
            label="A registrar’s signature as a file"
            onFile={(file) => bring([new TextDecoder().decode(file).trim()])}
          />
          <Field
            id="signature-text"
            label="Or paste its text"
            dir="ltr"
            lines={3}
            value={text}
            onType={setText}
          />
          <Actions>
            <Button busy={signing.busy}>Bring this signature</Button>
          </Actions>
        </Form>
      )}
      <ProblemNotice problem={adding.problem ?? thawing.problem} again={adding.again ?? thawing.again} />
      <Actions>
        {may("workforce-add") && all && (
          <Button kind="primary" onPress={add} busy={adding.busy}>
            Add it to the log
          </Button>
        )}
        {may("workforce-thaw") && (
          <Button onPress={thaw} busy={thawing.busy}>
            Open it for writing again
          </Button>
        )}
      </Actions>
    </>
  );
}
