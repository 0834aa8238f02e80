/** A mail that the person already has. It is read on this device; nothing of it is sent from this screen. */
import { mailWindowOf } from "@undersigned/client";
import { SAVING_MAIL } from "../../../shared/addresses.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { FileField, readStart } from "../../ui/field.tsx";
import { Screen } from "../../ui/screen.tsx";
import { useDroppedFile } from "../../ui/use-dropped-file.ts";
import { kindsFor } from "../machine/evidence.ts";
import { rulesFor } from "../machine/rules.ts";
import { letterOf, type State } from "../machine/state.ts";
import { longDay } from "../words/days.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

/** As long as a header may be, and something more. */
const START = 131_072;

export function Mail(props: ScreenProps) {
  const { state, send, today } = props;
  const window = windowOf(state, today);
  const choose = (file: Uint8Array) => send({ type: "file", of: "mail", file });
  useDroppedFile(
    state.busy === null && window !== null ? async (file) => choose(await readStart(file, START)) : null,
  );
  const senders = rulesFor(state)?.existingMail?.senders ?? [];
  return (
    <Screen name="mail" title="Show a mail that you have">
      {window === null ? (
        <p>No mail can be old or new enough for this letter at present. Choose another way.</p>
      ) : (
        <>
          <p>
            It must have come to your work mailbox, to you alone, dated from {longDay(window.from)} to{" "}
            {longDay(window.to)}, and be one of these:
          </p>
          <ul>
            {senders.map(({ name, from, subject }) => (
              <li key={name}>
                <bdi>{name}</bdi>, from <bdi class="address">{from}</bdi>
                {subject !== null && (
                  <>
                    , with the subject “<bdi>{subject.replaceAll("*", "…")}</bdi>”
                  </>
                )}
              </li>
            ))}
          </ul>
          <p>
            Save it as a file, with your own device:{" "}
            <a href={SAVING_MAIL} target="_blank" rel="noopener">
              how to save a mail
            </a>{" "}
            (opens beside this page). Do not forward it.
          </p>
          <ProblemNotice state={state} />
          <FileField
            id="mail-file"
            label="The mail"
            hint="A file that ends in .eml. You can also drop it on this page. It is checked at once, on this device; you see what would be sent before it is."
            accept=".eml,message/rfc822"
            start={START}
            onFile={choose}
          />
          <p role="status">{state.busy === "mail" ? "The mail is being checked, on this device …" : ""}</p>
        </>
      )}
      <Actions>
        {kindsFor(state).length > 1 && <Button onPress={acts(send, "other-way")}>Another way</Button>}
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}

/** Days that a mail may have; null where none is left. */
function windowOf({ log, ...state }: State, today: string): { from: string; to: string } | null {
  const letter = letterOf({ log, ...state });
  if (log === null || letter === null) return null;
  const window = mailWindowOf(log.view, letter.leaf.epoch);
  if (window === null) return null;
  const from = window.notBefore;
  const to = window.notAfter < today ? window.notAfter : today;
  return from <= to ? { from, to } : null;
}
