/** How signatories were verified, by whom, what the quorum holds and what is not proved. */
import { boundsWords } from "@undersigned/core";
import { LEARNS } from "../../../shared/addresses.ts";
import type { LetterData } from "../../load-letter.ts";
import {
  evidenceWords,
  notProvedWords,
  provedWords,
  quorumWords,
  registrarWords,
} from "../../words/verified.ts";
import { Says } from "../says.tsx";

export function Verified({ data }: { readonly data: LetterData }) {
  const { rules, epochOpens, lastDay } = data;
  const { registrars, quorum, bounds, evidence } = rules;
  const domains = rules.mailboxes.domains.map(({ domain }) => domain);
  return (
    <section aria-labelledby="verified">
      <h2 id="verified">How signatories were verified</h2>
      <p>
        <Says words={provedWords(domains, epochOpens, lastDay)} />
      </p>
      <h3>Evidence</h3>
      <ul>
        {evidenceWords(evidence, domains).map((words) => (
          <li>
            <Says words={words} />
          </li>
        ))}
      </ul>
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
        {notProvedWords(quorum).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        <a href={LEARNS}>Who can learn what</a>
      </p>
    </section>
  );
}
