/** A mail that the person already has. It is read on this device; nothing of it is sent from this screen. */

import { mailWindowOf } from "@undersigned/client";
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { inLanguage, SAVING_MAIL } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { FileField, readStart } from "../../ui/field.tsx";
import { Screen } from "../../ui/screen.tsx";
import { useDroppedFile } from "../../ui/use-dropped-file.ts";
import { kindsFor } from "../machine/evidence.ts";
import { rulesFor } from "../machine/rules.ts";
import { letterOf, type State } from "../machine/state.ts";

import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";

/** As long as a header may be, and something more. */
const START = 131_072;

const addressOf = (address: string) => ({ made: <bdi class="address">{address}</bdi> });
const toSaving = (inner: Words) => (
  <a href={inLanguage(say.language, SAVING_MAIL)} target="_blank" rel="noopener">
    <Says words={inner} />
  </a>
);

export function Mail(props: ScreenProps) {
  const { state, send, today } = props;
  const window = windowOf(state, today);
  const choose = (file: Uint8Array) => send({ type: "file", of: "mail", file });
  useDroppedFile(
    state.busy === null && window !== null ? async (file) => choose(await readStart(file, START)) : null,
  );
  const senders = rulesFor(state)?.existingMail?.senders ?? [];
  return (
    <Screen name="mail" title={say("sign-existing-mail.mail.title")}>
      {window === null ? (
        <p>{say("sign-existing-mail.mail.no-mail-can-be-old")}</p>
      ) : (
        <>
          <p>
            <Says
              words={say.rich("sign-existing-mail.mail.must", {
                from: say.day(window.from),
                to: say.day(window.to),
              })}
            />
          </p>
          <ul>
            {senders.map(({ name, from, subject }) => (
              <li key={name}>
                <Says
                  words={
                    subject === null
                      ? say.rich("sign-existing-mail.mail.sender", {
                          name: foreign(name),
                          from: addressOf(from),
                        })
                      : say.rich("sign-existing-mail.mail.sender-subject", {
                          name: foreign(name),
                          from: addressOf(from),
                          subject: foreign(subject.replaceAll("*", "…")),
                        })
                  }
                />
              </li>
            ))}
          </ul>
          <p>
            <Says words={say.rich("sign-existing-mail.mail.save", { link: toSaving })} />
          </p>
          <ProblemNotice state={state} />
          <FileField
            id="mail-file"
            label={say("sign-existing-mail.mail.the-mail")}
            hint={say("sign-existing-mail.mail.a-file-that-ends-in")}
            accept=".eml,message/rfc822"
            start={START}
            onFile={choose}
          />
          <p role="status">
            {state.busy === "mail" ? say("sign-existing-mail.mail.the-mail-is-being-checked") : ""}
          </p>
        </>
      )}
      <Actions>
        {kindsFor(state).length > 1 && (
          <Button onPress={acts(send, "other-way")}>{say("sign.act.another-way")}</Button>
        )}
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
