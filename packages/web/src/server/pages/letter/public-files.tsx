/** Where anyone counts again: the public files, the commands, and the checkpoint that the number was taken from. */
import { foreign, numberWords, type Say, type Tag, type Words } from "@undersigned/messages";
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
import { useSay } from "../../../shared/speech.ts";
import { linkTo, TAGS } from "../../../shared/tags.tsx";
import type { LetterData } from "../../load-letter.ts";
import { Commands } from "../command.tsx";

/** Openings pages that are linked one by one. */
const LISTED = 12;

export function PublicFiles({ data }: { readonly data: LetterData }) {
  const say = useSay();
  const { workforce, letter, board, log, tally } = data;
  return (
    <section class="files" aria-labelledby="count-again">
      <h2 id="count-again">{say("public.count-again")}</h2>
      <p>{say("public.files.trust")}</p>
      <p>{say("public.files.command")}</p>
      <Commands lines={[`npx undersigned verify ${board} --workforce ${workforce} --letter ${letter}`]} />
      <p>{say("public.files.bundle")}</p>
      <Commands
        lines={[
          `npx undersigned bundle ${board} --workforce ${workforce} --out letter.zip`,
          `npx undersigned verify letter.zip --workforce ${workforce}`,
        ]}
      />
      {data.totals !== null && (
        <p>
          <Says words={say.rich("public.files.csv", { link: linkTo(signatoriesFile(workforce, letter)) })} />
        </p>
      )}
      <details>
        <summary>{say("public.files.one-by-one")}</summary>
        <FileList data={data} />
      </details>
      <h3>{say("public.files.checkpoint")}</h3>
      <p>
        <Says words={stateOfLogWords(say, log)} />
      </p>
      <pre class="checkpoint">
        <code>{`${log.origin}\n${log.size}\n${log.root}`}</code>
      </pre>
      <p class="print-only">
        <Says words={numberWords(say, tally)} />
      </p>
    </section>
  );
}

function stateOfLogWords(say: Say, { size, cosigned, witnesses }: LetterData["log"]): Words {
  if (cosigned.length > 0)
    return say.rich("public.files.cosigned", {
      size,
      witnesses: say.list(cosigned.map((name) => [foreign(name)])),
    });
  return [
    witnesses === 0 ? say("public.files.no-witness", { size }) : say("public.files.not-cosigned", { size }),
  ];
}

function FileList({ data }: { readonly data: LetterData }) {
  const say = useSay();
  const { workforce, letter, manifest, files, pages } = data;
  const link = (path: string) => linkTo(publicFile(workforce, path));
  return (
    <ul>
      <Item words={say.rich("public.file.checkpoint", { link: link(CHECKPOINT_PATH) })} />
      <Item words={say.rich("public.file.index", { link: link(INDEX_PATH) })} />
      {manifest !== null && (
        <Item words={say.rich("public.file.letter", { link: link(manifestPath(letter)) })} />
      )}
      {data.unlisted && <Item words={say.rich("public.file.sealed", { link: link(unlistedPath(letter)) })} />}
      {files.workforceManifests.map((hash, i) => (
        <Item
          key={hash}
          words={say.rich("public.file.workforce", { link: link(manifestPath(hash)), version: i + 1 })}
        />
      ))}
      {files.statements.map(({ registrar, hash }) => (
        <Item
          key={hash}
          words={say.rich("public.file.keys", {
            link: link(statementPath(hash)),
            registrar: foreign(registrar),
          })}
        />
      ))}
      {Array.from({ length: Math.min(pages, LISTED) }, (_, page) => (
        <Item
          key={page}
          words={say.rich("public.file.openings", {
            link: link(openingsPath(letter, page)),
            page: page + 1,
          })}
        />
      ))}
      {pages > LISTED && (
        <Item
          words={say.rich("public.file.more-openings", {
            link: link(openingsPath(letter, pages - 1)),
            page: pages,
          })}
        />
      )}
      {data.clientLogged !== null && (
        <Item words={say.rich("public.file.client", { link: link(clientPath(data.client)) })} />
      )}
      <Item words={say.rich("public.file.log", { ...TAGS, cite })} />
    </ul>
  );
}

const cite: Tag = (inner) => (
  <cite>
    <Says words={inner} />
  </cite>
);

function Item({ words }: { readonly words: Words }) {
  return (
    <li>
      <Says words={words} />
    </li>
  );
}
