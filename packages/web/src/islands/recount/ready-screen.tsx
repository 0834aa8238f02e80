/** Where the files come from, and what the log is to be compared with. */
import { useState } from "preact/hooks";
import { Actions, Button } from "../ui/button.tsx";
import { Check } from "../ui/choice.tsx";
import { Notice } from "../ui/notice.tsx";
import { Screen } from "../ui/screen.tsx";
import { FileButton } from "./file-button.tsx";
import type { Remembered } from "./known-checkpoint.ts";

export interface KnownFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadyScreenProps {
  /** Whether the reader has done something on this page before. */
  readonly acted: boolean;
  /** Null where the page is of no workforce. */
  readonly onBoard: (() => void) | null;
  readonly onBundle: (file: File) => void;
  /** Null while it is not known of which workforce. */
  readonly remembered: Remembered | null;
  readonly remember: boolean;
  readonly onRemember: (remember: boolean) => void;
  readonly onForget: () => void;
  readonly knownFile: KnownFile | null;
  readonly onKnownFile: (file: KnownFile | null) => void;
}

export function ReadyScreen(props: ReadyScreenProps) {
  const { acted, onBoard, onBundle } = props;
  return (
    <Screen name="ready" title="Check the number yourself" focus={acted}>
      <p>
        This page reads the public files, checks every entry, every registrar's token and every signature, and
        counts. All of that happens on this device. Nobody's word is taken for the number, and nothing is
        sent.
      </p>
      <Actions>
        {onBoard !== null && (
          <Button kind="primary" onPress={onBoard}>
            Recount from this board
          </Button>
        )}
        <FileButton
          kind={onBoard === null ? "primary" : "plain"}
          label="Choose a bundle"
          accept=".zip,application/zip"
          onFile={onBundle}
        />
      </Actions>
      <p class="hint">
        A bundle is a .zip file with all public files in it. You can also drop it on this page. It stays on
        this device, and needs no network.
      </p>
      <KnownBox {...props} />
    </Screen>
  );
}

function KnownBox(props: ReadyScreenProps) {
  const { remembered, remember, onRemember, onForget, knownFile, onKnownFile } = props;
  const [said, setSaid] = useState("");
  return (
    <>
      <h3>Are you shown the same log as before?</h3>
      <p>
        A checkpoint is the log's signed statement of its size and content at one moment. With one from
        before, the recount also shows that nothing has been taken out or changed since.
      </p>
      {remembered?.kind === "known" && knownFile === null && (
        <p>This device remembers a checkpoint of this log. The recount compares with it.</p>
      )}
      {knownFile !== null && (
        <p>
          The recount compares with the file <bdi>{knownFile.name}</bdi>.
        </p>
      )}
      <Actions>
        {remembered?.kind === "known" && (
          <Button
            onPress={() => {
              onForget();
              setSaid("The checkpoint is forgotten: nothing of it stays on this device.");
            }}
          >
            Forget the remembered checkpoint
          </Button>
        )}
        {knownFile === null ? (
          <FileButton
            label="Compare with a checkpoint file"
            accept=".txt,text/plain"
            onFile={(file) => void readKnown(file).then(onKnownFile)}
          />
        ) : (
          <Button onPress={() => onKnownFile(null)}>Do not compare with this file</Button>
        )}
      </Actions>
      <p class="hint" role="status">
        {said}
      </p>
      {remembered?.kind === "refused" ? (
        <Notice tone="warning">
          This browser lets the page remember nothing. Save the checkpoint as a file after the recount, and
          compare with it next time.
        </Notice>
      ) : (
        <RememberCheck remember={remember} onRemember={onRemember} />
      )}
    </>
  );
}

export interface RememberCheckProps {
  readonly remember: boolean;
  readonly onRemember: (remember: boolean) => void;
}

export function RememberCheck({ remember, onRemember }: RememberCheckProps) {
  return (
    <Check
      id="remember"
      checked={remember}
      onChange={() => onRemember(!remember)}
      label="Remember this checkpoint on this device"
    >
      The next recount then notices if you are shown another log. It leaves a trace on this device that this
      letter was looked at, so it is off until you turn it on.
    </Check>
  );
}

/** A checkpoint has at most 1,000,000 bytes; what is beyond is none and is compared as such. */
async function readKnown(file: File): Promise<KnownFile> {
  const bytes = new Uint8Array(await file.slice(0, 1_000_001).arrayBuffer());
  return { name: file.name, bytes };
}
