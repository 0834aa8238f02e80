/** Whether the same as in a kept copy still stands at its link: the last answer, and a button to look again. */
import type { Comparison } from "@undersigned/core";
import { useState } from "preact/hooks";
import { DayTime } from "../../../../shared/says.tsx";
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
          <p class="hint">
            The board’s server visits the link, by its own network address and not by yours, and compares what
            stands there. Whoever runs that site can see that this server looked.
          </p>
          <Actions>
            <Button busy={comparing.busy} onPress={compare}>
              Have the board’s server compare it with the link
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
        Compared on <DayTime day={day} />: {comparisonWords(comparison)}
        {comparison.url !== url && " That was with another link than the one above."}
      </p>
      {differences.length > 0 && (
        <ul>
          {differences.map(({ in: where, text }) => (
            <li key={`${where} ${text}`}>
              {where === "copy" ? "Only in the copy: " : "Only at the link: "}
              <q dir="auto">{text}</q>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
