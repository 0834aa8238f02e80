/** Where anyone counts again: the public files, the commands, and the checkpoint that the number was taken from. */
import { numberWords } from "@undersigned/core/words";
import {
  CHECKPOINT_PATH,
  clientPath,
  INDEX_PATH,
  manifestPath,
  openingsPath,
  statementPath,
  unlistedPath,
} from "@undersigned/verify";
import { publicFile, signatoriesFile } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { number } from "../../../shared/words/numbers.ts";
import { enumerate, foreign } from "../../../shared/words/words.ts";
import type { LetterData } from "../../load-letter.ts";
import { Commands } from "../command.tsx";

/** Openings pages that are linked one by one. */
const LISTED = 12;

export function PublicFiles({ data }: { readonly data: LetterData }) {
  const { workforce, letter, board, log, tally } = data;
  return (
    <section class="files" aria-labelledby="count-again">
      <h2 id="count-again">Count again</h2>
      <p>
        You need not trust this page, the organisers or whoever runs this site. The files below are the same
        for every reader; with them anyone can recount on their own machine, now or in years.
      </p>
      <p>With the command, from this site:</p>
      <Commands lines={[`npx undersigned verify ${board} --workforce ${workforce} --letter ${letter}`]} />
      <p>All files as one, to keep and to recount without a network:</p>
      <Commands
        lines={[
          `npx undersigned bundle ${board} --workforce ${workforce} --out letter.zip`,
          `npx undersigned verify letter.zip --workforce ${workforce}`,
        ]}
      />
      {data.totals !== null && (
        <p>
          For spreadsheets: <a href={signatoriesFile(workforce, letter)}>those who are shown</a> (CSV). Each
          row says how somebody is shown, of which class they are and on which day they came out. Who is
          anonymous or hidden is not in it. A cell that a spreadsheet would take for a formula begins with an
          apostrophe.
        </p>
      )}
      <details>
        <summary>The public files, one by one</summary>
        <FileList data={data} />
      </details>
      <h3>Checkpoint</h3>
      <p>
        This page was made from this state of the log: {number(log.size)} leaves
        {log.cosigned.length > 0 ? (
          <>
            , cosigned by <Says words={enumerate(log.cosigned.map((name) => [foreign(name)]))} />.
          </>
        ) : (
          <>, cosigned by no witness{log.witnesses === 0 ? ": this workforce names none" : ""}.</>
        )}
      </p>
      <pre class="checkpoint">
        <code>{`${log.origin}\n${log.size}\n${log.root}`}</code>
      </pre>
      <p class="print-only">
        <Says words={numberWords(tally)} />
      </p>
    </section>
  );
}

function FileList({ data }: { readonly data: LetterData }) {
  const { workforce, letter, manifest, files, pages } = data;
  const file = (path: string) => publicFile(workforce, path);
  return (
    <ul>
      <li>
        <a href={file(CHECKPOINT_PATH)}>Checkpoint</a>: size and root of the log, signed
      </li>
      <li>
        <a href={file(INDEX_PATH)}>Index</a>: where to find what in the log
      </li>
      {manifest !== null && (
        <li>
          <a href={file(manifestPath(letter))}>This letter</a>, as it was signed
        </li>
      )}
      {data.unlisted && (
        <li>
          <a href={file(unlistedPath(letter))}>This letter</a>, sealed: its link opens it
        </li>
      )}
      {files.workforceManifests.map((hash, i) => (
        <li key={hash}>
          <a href={file(manifestPath(hash))}>Workforce manifest</a>, version {i + 1}
        </li>
      ))}
      {files.statements.map(({ registrar, hash }) => (
        <li key={hash}>
          <a href={file(statementPath(hash))}>Keys</a> of <bdi>{registrar}</bdi>
        </li>
      ))}
      {Array.from({ length: Math.min(pages, LISTED) }, (_, page) => (
        <li key={page}>
          <a href={file(openingsPath(letter, page))}>What signatories show</a>, page {page + 1}
        </li>
      ))}
      {pages > LISTED && (
        <li>
          … and so on to <a href={file(openingsPath(letter, pages - 1))}>page {number(pages)}</a>
        </li>
      )}
      {data.clientLogged !== null && (
        <li>
          <a href={file(clientPath(data.client))}>Client build</a>: the list of what browsers are given to run
        </li>
      )}
      <li>
        The log itself: entries in <code>tile/entries/…</code> and hashes in <code>tile/…</code>, in the form
        of <cite>C2SP tlog-tiles</cite>
      </li>
    </ul>
  );
}
