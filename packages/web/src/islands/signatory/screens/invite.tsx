/** Giving invitations to colleagues. Nothing here tells whether one has been given or used. */
import { say } from "../../say.ts";
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
    <Screen name="invite" title={say("sign.shared.invite-colleagues")}>
      <p>{say("sign-invite.invite.with-an-invitation-a-colleague")}</p>
      <Notice tone="warning">{say("sign-invite.invite.each-invitation-is-a-secret")}</Notice>
      <ul>
        <li>{say("sign-invite.invite.no-registrar-and-no-reader")}</li>
        <li>{say("sign-invite.invite.nobody-keeps-a-list-of")}</li>
        <li>{say("sign-invite.invite.with-your-phrase-and-your")}</li>
      </ul>
      <ProblemNotice state={state} />
      {invitations === null && <Progress label={say("sign-invite.invite.your-invitations-are-being-made")} />}
      {invitations?.map((_, i) => {
        const open = typed.unfolded === String(i) && link !== null;
        return (
          <section class="invitation" key={i} aria-label={say("sign-invite.invite.nth", { n: i + 1 })}>
            <button
              type="button"
              class="button"
              aria-expanded={open ? "true" : "false"}
              onClick={() => unfold(open ? "" : String(i))}
            >
              {say(open ? "sign-invite.invite.hide" : "sign-invite.invite.show", { n: i + 1 })}
            </button>
            {open && (
              <>
                <QrCode text={link} label={say("sign-invite.invite.code", { n: i + 1 })} />
                <div class="field">
                  <label for="invitation-link">{say("sign-invite.invite.its-link")}</label>
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
                    {say("sign-invite.invite.copy-the-link")}
                  </Button>
                </Actions>
                <p role="status">{state.note === "copied" ? say("ui.copied") : ""}</p>
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
