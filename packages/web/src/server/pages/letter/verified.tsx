/** How signatories were verified, by whom, what the quorum holds and what is not proved. */

import {
  boundsWords,
  evidenceWords,
  namesWords,
  notProvedWords,
  provedWords,
  quorumWords,
  registrarWords,
  vouchedWords,
} from "@undersigned/messages";
import { LEARNS, SAVING_MAIL } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import type { LetterData } from "../../load-letter.ts";

export function Verified({ data }: { readonly data: LetterData }) {
  const say = useSay();
  const at = useAddress();
  const { rules, provedFrom, lastDay, manifest } = data;
  const { registrars, quorum, bounds, existingMail, vouching } = rules;
  const domains = rules.mailboxes.domains.map(({ domain }) => domain);
  const evidence = evidenceWords(say, rules, domains);
  return (
    <section aria-labelledby="verified">
      <h2 id="verified">{say("public.verified")}</h2>
      <p>
        <Says words={provedWords(say, domains, provedFrom, lastDay, vouching)} />
      </p>
      <h3>{say("public.verified.evidence")}</h3>
      {evidence.length > 1 && <p>{say("public.verified.one-of")}</p>}
      <ul>
        {evidence.map((words) => (
          <li>
            <Says words={words} />
          </li>
        ))}
      </ul>
      {existingMail !== null && (
        <p>
          <a href={at(SAVING_MAIL)}>{say("public.verified.saving-mail")}</a>
        </p>
      )}
      <Sentences id="vouched" heading={say("public.verified.vouched")} of={vouchedWords(say, rules)} />
      <Sentences id="names" heading={say("public.verified.names")} of={namesWords(say, rules, manifest)} />
      <h3>{say("public.verified.registrars")}</h3>
      <p>{quorumWords(say, registrars.length, quorum)}</p>
      <ul>
        {registrars.map((registrar) => (
          <li key={registrar.identity}>
            <Says words={registrarWords(say, registrar)} />
          </li>
        ))}
      </ul>
      <h3>{say("public.verified.dishonest")}</h3>
      <ul>
        {boundsWords(say, bounds).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h3>{say("public.verified.not-proved")}</h3>
      <ul>
        {notProvedWords(say, quorum, existingMail).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>
        <a href={at(LEARNS)}>{say("public.learns")}</a>
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
