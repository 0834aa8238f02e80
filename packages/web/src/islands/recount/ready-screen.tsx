/** Where the files come from, and what the log is to be compared with. */
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../shared/says.tsx";
import { say } from "../say.ts";
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
    <Screen name="ready" title={say("recount.ready-screen.title")} focus={acted}>
      <p>{say("recount.ready-screen.this-page-reads-the-public")}</p>
      <Actions>
        {onBoard !== null && (
          <Button kind="primary" onPress={onBoard}>
            {say("recount.ready-screen.recount-from-this-board")}
          </Button>
        )}
        <FileButton
          kind={onBoard === null ? "primary" : "plain"}
          label={say("recount.ready-screen.choose-a-bundle")}
          accept=".zip,application/zip"
          onFile={onBundle}
        />
      </Actions>
      <p class="hint">{say("recount.ready-screen.a-bundle-is-a-zip")}</p>
      <KnownBox {...props} />
    </Screen>
  );
}

function KnownBox(props: ReadyScreenProps) {
  const { remembered, remember, onRemember, onForget, knownFile, onKnownFile } = props;
  const [said, setSaid] = useState("");
  return (
    <>
      <h3>{say("recount.ready-screen.are-you-shown-the-same")}</h3>
      <p>{say("recount.ready-screen.a-checkpoint-is-the-logs")}</p>
      {remembered?.kind === "known" && knownFile === null && (
        <p>{say("recount.ready-screen.this-device-remembers-a-checkpoint")}</p>
      )}
      {knownFile !== null && (
        <p>
          <Says words={say.rich("recount.ready-screen.file", { name: foreign(knownFile.name) })} />
        </p>
      )}
      <Actions>
        {remembered?.kind === "known" && (
          <Button
            onPress={() => {
              onForget();
              setSaid(say("recount.shared.the-checkpoint-is-forgotten-nothing"));
            }}
          >
            {say("recount.act.forget-the-remembered-checkpoint")}
          </Button>
        )}
        {knownFile === null ? (
          <FileButton
            label={say("recount.ready-screen.compare-with-a-checkpoint-file")}
            accept=".txt,text/plain"
            onFile={(file) => void readKnown(file).then(onKnownFile)}
          />
        ) : (
          <Button onPress={() => onKnownFile(null)}>
            {say("recount.ready-screen.do-not-compare-with-this")}
          </Button>
        )}
      </Actions>
      <p class="hint" role="status">
        {said}
      </p>
      {remembered?.kind === "refused" ? (
        <Notice tone="warning">{say("recount.ready-screen.this-browser-lets-the-page")}</Notice>
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
      label={say("recount.ready-screen.remember-this-checkpoint-on-this")}
    >
      {say("recount.ready-screen.the-next-recount-then-notices")}
    </Check>
  );
}

/** A checkpoint has at most 1,000,000 bytes; what is beyond is none and is compared as such. */
async function readKnown(file: File): Promise<KnownFile> {
  const bytes = new Uint8Array(await file.slice(0, 1_000_001).arrayBuffer());
  return { name: file.name, bytes };
}
