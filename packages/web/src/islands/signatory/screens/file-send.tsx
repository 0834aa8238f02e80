/** Sending what somebody else has signed, from here. The sender learns how they appear, and nothing else of them. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { FileField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Screen } from "../../ui/screen.tsx";
import { readRequest } from "../work/read-file.ts";
import { BackButton } from "./back-button.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { acts, type ScreenProps } from "./props.ts";
import { ShownAs } from "./shown-as.tsx";

const WHAT = {
  "endorsement-request": "signs",
  "revision-request": "changes",
  "withdrawal-request": "withdraws",
} as const;

export function FileSend(props: ScreenProps) {
  const { state, send } = props;
  const { requestFile: request, log } = state;
  const title = request === null ? undefined : log?.view.letters.get(request.leaf.letter)?.manifest?.title;
  const opening = request !== null && "opening" in request ? request.opening : null;
  return (
    <Screen name="file-send" title={say("sign.shared.send-a-signature-file")}>
      <p>{say("sign-signing.file-send.somebody-has-given-you-a")}</p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "send-file")}>
        <FileField
          id="request-file"
          label={say("sign-signing.file-send.the-file")}
          onFile={(file) => {
            const read = readRequest(file);
            send(
              read === null
                ? { type: "file-refused", of: "request" }
                : { type: "file", of: "request", file: read },
            );
          }}
        />
        {request !== null && (
          <div class="preview" role="status">
            <p>
              <Says
                words={say.rich("sign-signing.file-send.what", {
                  what: WHAT[request.type],
                  title: foreign(title ?? say("sign-signing.file-send.not-shown")),
                })}
              />
            </p>
            {request.type !== "withdrawal-request" && (
              <ShownAs appearance={opening?.appearance ?? { kind: "anonymous" }} />
            )}
          </div>
        )}
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            {say("sign-signing.file-send.send")}
          </Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
