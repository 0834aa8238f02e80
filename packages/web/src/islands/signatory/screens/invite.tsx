/** Giving invitations to colleagues. Nothing here tells whether one has been given or used. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { Screen } from "../../ui/screen.tsx";
import { unfoldedLink } from "../machine/inviting.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps, types } from "./props.ts";

export function Invite(props: ScreenProps) {
  const { state, send } = props;
  const { invitations, typed } = state;
  const link = unfoldedLink(state);
  const unfold = types(send, "unfolded");
  return (
    <Screen name="invite" title="Invite colleagues">
      <p>
        With an invitation a colleague can sign without a work mailbox. They are counted apart, as vouched
        for: vouch for those only whom you know to work here.
      </p>
      <Notice tone="warning">
        Each invitation is a secret and works once, for whoever uses it first. Best show its code in person.
        If you send the link, send it by a way that your employer cannot read, and never by work mail.
      </Notice>
      <ul>
        <li>No registrar and no reader can tell who invited whom. Who finds a link with you can.</li>
        <li>Nobody keeps a list of them, this page neither: note which ones you have given away.</li>
        <li>With your phrase and your saved enrolment you can come back to the same ones.</li>
      </ul>
      <ProblemNotice state={state} />
      {invitations === null && <Progress label="Your invitations are being made." />}
      {invitations?.map((_, i) => {
        const open = typed.unfolded === String(i) && link !== null;
        return (
          <section class="invitation" key={i} aria-label={`Invitation ${i + 1}`}>
            <button
              type="button"
              class="button"
              aria-expanded={open ? "true" : "false"}
              onClick={() => unfold(open ? "" : String(i))}
            >
              {open ? `Hide invitation ${i + 1}` : `Show invitation ${i + 1}`}
            </button>
            {open && (
              <>
                <QrCode text={link} label={`The link of invitation ${i + 1}, as a code to scan`} />
                <div class="field">
                  <label for="invitation-link">Its link</label>
                  <textarea
                    id="invitation-link"
                    readOnly
                    rows={4}
                    dir="ltr"
                    spellcheck={false}
                    autocomplete="off"
                    value={link}
                    onFocus={({ currentTarget }) => currentTarget.select()}
                  />
                </div>
                <Actions>
                  <Button onPress={acts(send, "copy-invitation")} busy={state.busy !== null}>
                    Copy the link
                  </Button>
                </Actions>
                <p role="status">
                  {state.note === "copied" ? "Copied. It stays there until you copy something else." : ""}
                </p>
              </>
            )}
          </section>
        );
      })}
      <Actions>
        <BackButton {...props} />
      </Actions>
    </Screen>
  );
}
