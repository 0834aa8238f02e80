/** What was made for handing over: how large, from which state of the log, its hash; and the files themselves. */
import { decodeBase64url, encodeHex, type PreparedDelivery } from "@undersigned/core";
import { longDay } from "../../../../../shared/words/days.ts";
import { counted, number } from "../../../../../shared/words/numbers.ts";
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
        A PDF of {counted(pages, "page", "pages")}, made on <time datetime={day}>{longDay(day)}</time> from
        the log as it was with {counted(size, "entry", "entries")}. Read it through before it goes.
      </p>
      <p>
        Its SHA-256, which goes into the log:{" "}
        <span class="fingerprint">{encodeHex(decodeBase64url(document))}</span>
      </p>
      <p>
        {bundle === null
          ? `The bundle to count again from is too large to be attached (${megabytes(bundleBytes)}): the mail says where it is.`
          : `With it goes the bundle to count again from (${megabytes(bundleBytes)}).`}{" "}
        The cover sheet is for what goes by hand or by post: it says where answers go, and with which mark.
      </p>
      <ProblemNotice problem={getting.problem} again={getting.again} />
      {may("delivery-file") && (
        <Actions>
          <Button busy={getting.busy} onPress={() => get("document")}>
            Save the PDF
          </Button>
          {bundle !== null && (
            <Button busy={getting.busy} onPress={() => get("bundle")}>
              Save the bundle
            </Button>
          )}
          <Button busy={getting.busy} onPress={() => get("cover")}>
            Save the cover sheet
          </Button>
        </Actions>
      )}
    </>
  );
}

function megabytes(bytes: number): string {
  if (bytes < 100_000) return `${number(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${number(Math.round(bytes / 100_000) / 10)} MB`;
}
