/** Who can learn what. The least welcome sentence comes first. */

import type { EvidenceKind } from "@undersigned/core";
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { kindOf, kindsFor } from "../machine/evidence.ts";
import { registrarsFor } from "../machine/registrars.ts";
import { rulesFor } from "../machine/rules.ts";
import { isClosed } from "../machine/state.ts";
import { BackButton } from "./back-button.tsx";
import { InvitationNotice } from "./invitation-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

type Way = EvidenceKind | "several" | "none";

/** As messages choose by them. */
const WAYS: Readonly<Record<Way, string>> = {
  "mailbox-code": "code",
  "existing-mail": "mail",
  vouch: "vouch",
  several: "several",
  none: "none",
};

const strong = (inner: Words) => (
  <strong>
    <Says words={inner} />
  </strong>
);

export function Learns(props: ScreenProps) {
  const { state, send } = props;
  const registrars = registrarsFor(state);
  const rules = rulesFor(state);
  const quorum = rules?.quorum ?? 0;
  const named = (rules?.names ?? null) !== null;
  const kinds = kindsFor(state);
  const way = kinds.length === 1 ? kindOf(state) : kinds.length === 0 ? "none" : "several";
  const closed = isClosed(state) || way === "none";
  return (
    <Screen name="learns" title={say("sign.learns.title")}>
      <InvitationNotice state={state} />
      <p>
        <Says words={say.rich(`sign.learns.employer.${way}`, { strong })} />
      </p>
      <ul>
        {registrars.map(({ identity, name, operator }) => (
          <li key={identity}>
            <Says
              words={say.rich("sign.learns.registrar", {
                name: foreign(name),
                operator: foreign(operator),
                way: WAYS[way],
                named: named ? "yes" : "no",
              })}
            />
          </li>
        ))}
        <li>{say("sign.learns.the-board-learns-that-somebody")}</li>
        <li>{say("sign.learns.readers-see-what-you-choose")}</li>
      </ul>
      {way !== "none" && <p>{quorumWords(registrars.length, quorum, way)}</p>}
      <p>{say("sign.learns.whoever-runs-these-servers-and")}</p>
      <p>{say("sign.learns.you-will-get-a-phrase")}</p>
      <Actions>
        {!closed && (
          <Button kind="primary" onPress={acts(send, "go-on")}>
            {say("sign.act.go-on")}
          </Button>
        )}
        <Button kind={closed ? "primary" : "plain"} onPress={acts(send, "have-phrase")}>
          {say("sign.act.i-have-a-phrase-already")}
        </Button>
        <Button kind="quiet" onPress={acts(send, "open-file-send")}>
          {say("sign.shared.send-a-signature-file")}
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}

function quorumWords(registrars: number, quorum: number, way: Exclude<Way, "none">): string {
  if (registrars === 1) return say("sign.learns.quorum.one", { way });
  if (registrars === quorum) return say("sign.learns.quorum.all", { registrars, way });
  return say("sign.learns.quorum.some", { registrars, quorum, way });
}
