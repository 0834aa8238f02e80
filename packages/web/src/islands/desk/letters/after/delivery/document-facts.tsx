/** What was made for handing over: how large, from which state of the log, its hash; and the files themselves. */

import { decodeBase64url, encodeHex, type PreparedDelivery } from "@undersigned/core";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useCall } from "../../../shell/use-call.ts";
import type { Letter } from "../../words.ts";

type Which = "document" | "bundle" | "cover";
const FILES: Readonly<Record<Which, { readonly name: string; readonly type: string }>> = {
  document: { name: "letter.pdf", type: "application/pdf" },
  bundle: { name: "letters.zip", type: "application/zip" },
  cover: { name: "cover-sheet.pdf", type: "application/pdf" },
};

export interface DocumentFactsProps {
  readonly letter: Letter;
  readonly prepared: PreparedDelivery;
}

export function DocumentFacts({ letter, prepared }: DocumentFactsProps) {
  const { save } = useDesk();
  const may = useMay();
  const getting = useCall("delivery-file");
  const { workforce, letter: id } = letter;
  const { document, pages, day, size, bundle, bundleBytes } = prepared;
  const get = async (which: Which) => {
    const came = await getting.call({ workforce, letter: id, which });
    if (came !== null) save(FILES[which].name, decodeBase64url(came.file), FILES[which].type);
  };
  return (
    <>
      <p>
        <Says words={say.rich("desk-after.a-pdf", { pages, day: say.day(day), size })} />
      </p>
      <p>
        <Says
          words={say.rich("desk-after.its-hash", {
            hash: encodeHex(decodeBase64url(document)),
            code: (words) => (
              <span class="fingerprint">
                <Says words={words} />
              </span>
            ),
          })}
        />
      </p>
      <p>
        {bundle === null
          ? say("desk-after.bundle-too-large", { size: megabytes(bundleBytes) })
          : say("desk-after.bundle-goes-along", { size: megabytes(bundleBytes) })}{" "}
        {say("desk-after.cover-sheet")}
      </p>
      <ProblemNotice problem={getting.problem} again={getting.again} />
      {may("delivery-file") && (
        <Actions>
          <Button busy={getting.busy} onPress={() => get("document")}>
            {say("desk-after.save-the-pdf")}
          </Button>
          {bundle !== null && (
            <Button busy={getting.busy} onPress={() => get("bundle")}>
              {say("desk-after.save-the-bundle")}
            </Button>
          )}
          <Button busy={getting.busy} onPress={() => get("cover")}>
            {say("desk-after.save-the-cover-sheet")}
          </Button>
        </Actions>
      )}
    </>
  );
}

function megabytes(bytes: number): string {
  if (bytes < 100_000) return `${say.number(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${say.number(Math.round(bytes / 100_000) / 10)} MB`;
}
