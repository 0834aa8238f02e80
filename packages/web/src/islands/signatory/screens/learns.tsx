/** Who can learn what. The least welcome sentence comes first. */
import { Actions, Button } from "../../ui/button.tsx";
import { Screen } from "../../ui/screen.tsx";
import { registrarsFor, rulesFor } from "../machine/rules.ts";
import { isClosed } from "../machine/state.ts";
import { BackButton } from "./back-button.tsx";
import { acts, type ScreenProps } from "./props.ts";

export function Learns(props: ScreenProps) {
  const { state, send } = props;
  const registrars = registrarsFor(state);
  const quorum = rulesFor(state)?.quorum ?? 0;
  const closed = isClosed(state);
  return (
    <Screen name="learns" title="Who can learn what">
      <p>
        <strong>Your employer's mail system sees that a code was sent to your mailbox.</strong> It does not
        see whether you used it, or what you signed.
      </p>
      <ul>
        {registrars.map(({ identity, name, operator }) => (
          <li key={identity}>
            The registrar <bdi>{name}</bdi>, run by <bdi>{operator}</bdi>, learns that this mailbox enrols. It
            learns nothing of letters.
          </li>
        ))}
        <li>
          The board learns that somebody who is enrolled has signed, not who. While you are connected it sees
          your network address, which it does not keep.
        </li>
        <li>Readers see what you choose to show, and the day on which your signature came out.</li>
      </ul>
      <p>{quorumWords(registrars.length, quorum)}</p>
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

function quorumWords(registrars: number, quorum: number): string {
  if (registrars === 1) {
    return "There is one registrar, which must confirm your mailbox. It alone could invent people who sign.";
  }
  if (registrars === quorum)
    return `There are ${registrars} registrars. All of them must confirm your mailbox.`;
  return `There are ${registrars} registrars. ${quorum} of them must confirm your mailbox.`;
}
