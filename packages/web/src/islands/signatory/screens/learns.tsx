/** Who can learn what. The least welcome sentence comes first. */
import type { EvidenceKind } from "@undersigned/core";
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

/** What the employer's mail system sees. */
const EMPLOYER: Readonly<Record<Way, string>> = {
  "mailbox-code": "Your employer's mail system sees that a code was sent to your mailbox.",
  "existing-mail": "Your employer's mail system sees nothing new: you show a mail that you already have.",
  vouch: "Your employer's mail system sees nothing: you come by an invitation.",
  several: "What your employer's mail system sees depends on how you prove that you work there.",
  none: "You cannot prove here that you work there: this letter takes signatures by invitation only.",
};

const DOES_NOT: Readonly<Record<Way, string>> = {
  "mailbox-code": " It does not see whether you used it, or what you signed.",
  "existing-mail": " If you fetch it at work, your employer may see that you saved it.",
  vouch: "",
  several: " The next page shows the ways that you have. In none of them does it see what you sign.",
  none: " Open the whole link of your invitation, or ask a colleague who has signed for one.",
};

/** What a registrar learns. */
function learned(way: Way, named: boolean): string {
  const name = named ? ", with your name" : "";
  switch (way) {
    case "mailbox-code":
      return `that this mailbox enrols${name}`;
    case "existing-mail":
      return `that this mailbox enrols${name}, and who sent it the mail that you show`;
    case "several":
      return `that this mailbox enrols${name}, or that somebody who was invited does`;
    case "vouch":
    case "none":
      return "that somebody who was invited enrols";
  }
}

const CONFIRM: Readonly<Record<Exclude<Way, "none">, string>> = {
  "mailbox-code": "confirm your mailbox",
  "existing-mail": "confirm your mailbox",
  vouch: "take your invitation",
  several: "confirm you",
};

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
    <Screen name="learns" title="Who can learn what">
      <InvitationNotice state={state} />
      <p>
        <strong>{EMPLOYER[way]}</strong>
        {DOES_NOT[way]}
      </p>
      <ul>
        {registrars.map(({ identity, name, operator }) => (
          <li key={identity}>
            The registrar <bdi>{name}</bdi>, run by <bdi>{operator}</bdi>, learns {learned(way, named)}. It
            learns nothing of letters.
          </li>
        ))}
        <li>
          The board learns that somebody who is enrolled has signed, not who. While you are connected it sees
          your network address, which it does not keep.
        </li>
        <li>Readers see what you choose to show, and the day on which your signature came out.</li>
      </ul>
      {way !== "none" && <p>{quorumWords(registrars.length, quorum, CONFIRM[way])}</p>}
      <p>
        Whoever runs these servers and secretly records who connects when could link you. So it is safer to
        sign later, from another network.
      </p>
      <p>
        You will get a phrase of twelve words, if you want one. With it you can change your signature or take
        it back. If you lose it, nobody can get it back for you; who finds it can do all that you can.
      </p>
      <Actions>
        {!closed && (
          <Button kind="primary" onPress={acts(send, "go-on")}>
            Go on
          </Button>
        )}
        <Button kind={closed ? "primary" : "plain"} onPress={acts(send, "have-phrase")}>
          I have a phrase already
        </Button>
        <Button kind="quiet" onPress={acts(send, "open-file-send")}>
          Send a signature file
        </Button>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}

function quorumWords(registrars: number, quorum: number, confirm: string): string {
  if (registrars === 1) {
    return `There is one registrar, which must ${confirm}. It alone could invent people who sign.`;
  }
  if (registrars === quorum) return `There are ${registrars} registrars. All of them must ${confirm}.`;
  return `There are ${registrars} registrars. ${quorum} of them must ${confirm}.`;
}
