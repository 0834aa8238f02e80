/** How signatories were verified, by whom, what the quorum holds and what is not proved. */

import { boundsWords } from "@undersigned/core";
import {
  evidenceWords,
  namesWords,
  notProvedWords,
  provedWords,
  quorumWords,
  registrarWords,
  vouchedWords,
} from "@undersigned/core/words";
import { LEARNS, SAVING_MAIL } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import type { LetterData } from "../../load-letter.ts";

export function Verified({ data }: { readonly data: LetterData }) {
  const { rules, provedFrom, lastDay, manifest } = data;
  const { registrars, quorum, bounds, existingMail, vouching } = rules;
  const domains = rules.mailboxes.domains.map(({ domain }) => domain);
  const evidence = evidenceWords(rules, domains);
  return (
    <section aria-labelledby="verified">
      <h2 id="verified">How signatories were verified</h2>
      <p>
        <Says words={provedWords(domains, provedFrom, lastDay, vouching)} />
      </p>
      <h3>Evidence</h3>
      {evidence.length > 1 && <p>Each signatory in the number showed one of these:</p>}
      <ul>
        {evidence.map((words) => (
          <li>
            <Says words={words} />
          </li>
        ))}
      </ul>
      {existingMail !== null && (
        <p>
          <a href={SAVING_MAIL}>How a mail is saved</a>
        </p>
      )}
      <Sentences id="vouched" heading="Vouched for, and counted apart" of={vouchedWords(rules)} />
      <Sentences id="names" heading="Names" of={namesWords(rules, manifest)} />
      <h3>Registrars</h3>
      <p>{quorumWords(registrars.length, quorum)}</p>
      <ul>
        {registrars.map((registrar) => (
          <li key={registrar.identity}>
            <Says words={registrarWords(registrar)} />
          </li>
        ))}
      </ul>
      <h3>If registrars are dishonest</h3>
      <ul>
        {boundsWords(bounds).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3>What is not proved</h3>
      <ul>
        {notProvedWords(quorum, existingMail).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        <a href={LEARNS}>Who can learn what</a>
      </p>
    </section>
  );
}

interface SentencesProps {
  readonly id: string;
  readonly heading: string;
  readonly of: readonly string[];
}

/** Nothing where there is nothing to say. */
function Sentences({ id, heading, of }: SentencesProps) {
  if (of.length === 0) return null;
  return (
    <>
      <h3 id={id}>{heading}</h3>
      {of.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  );
}
