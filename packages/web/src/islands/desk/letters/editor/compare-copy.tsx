/** Whether the same as in a kept copy still stands at its link: the last answer, and a button to look again. */

import type { Comparison } from "@undersigned/core";
import type { Words } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useAnswer, useCall } from "../../shell/use-call.ts";
import { comparisonWords } from "./comparison-words.ts";

export interface CompareCopyProps {
  readonly copy: string;
  readonly url: string;
}

export function CompareCopy({ copy, url }: CompareCopyProps) {
  const before = useAnswer("copy-compared", { sha256: copy });
  const comparing = useCall("copy-compare");
  const [now, setNow] = useState<Comparison | null>(null);
  const last = now ?? before.answer?.comparison ?? null;
  const isLink = /^https?:\/\/\S+$/i.test(url);
  const compare = async () => setNow((await comparing.call({ sha256: copy, url })) ?? now);
  return (
    <>
      {last !== null && <Result comparison={last} url={url} />}
      {isLink && (
        <>
          <p class="hint">{say("desk.the-boards-server-visits-the")}</p>
          <Actions>
            <Button busy={comparing.busy} onPress={compare}>
              {say("desk.have-the-boards-server-compare")}
            </Button>
          </Actions>
        </>
      )}
      <ProblemNotice problem={comparing.problem} again={compare} />
    </>
  );
}

function Result({ comparison, url }: { readonly comparison: Comparison; readonly url: string }) {
  const { day, state, differences } = comparison;
  return (
    <div class={state === "same" ? "notice good" : "notice warning"} role="status">
      <p>
        <Says
          words={say.rich("desk.compared-on", { day: say.day(day), result: comparisonWords(comparison) })}
        />
        {comparison.url !== url && say("desk.with-another-link")}
      </p>
      {differences.length > 0 && (
        <ul>
          {differences.map(({ in: where, text }) => (
            <li key={`${where} ${text}`}>
              {where === "copy" ? (
                <Says words={say.rich("desk.only-in-the-copy", { words: text, text: quoted })} />
              ) : (
                <Says words={say.rich("desk.only-at-the-link", { words: text, text: quoted })} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function quoted(words: Words) {
  return (
    <q dir="auto">
      <Says words={words} />
    </q>
  );
}
