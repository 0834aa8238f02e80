/** Sending what somebody else has signed, from here. The sender learns how they appear, and nothing else of them. */
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
  "endorsement-request": "It signs",
  "revision-request": "It changes how somebody appears under",
  "withdrawal-request": "It takes a signature back from",
} as const;

export function FileSend(props: ScreenProps) {
  const { state, send } = props;
  const { requestFile: request, log } = state;
  const title = request === null ? undefined : log?.view.letters.get(request.leaf.letter)?.manifest?.title;
  const opening = request !== null && "opening" in request ? request.opening : null;
  return (
    <Screen name="file-send" title="Send a signature file">
      <p>
        Somebody has given you a file with a signature in it. You can send it for them: the board then sees
        your connection, and not theirs.
      </p>
      <ProblemNotice state={state} />
      <Form onSubmit={acts(send, "send-file")}>
        <FileField
          id="request-file"
          label="The file"
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
              {WHAT[request.type]} “<bdi>{title ?? "a letter that is not shown here"}</bdi>”.
            </p>
            {request.type !== "withdrawal-request" && (
              <ShownAs appearance={opening?.appearance ?? { kind: "anonymous" }} />
            )}
          </div>
        )}
        <Actions>
          <Button kind="primary" busy={state.busy !== null}>
            Send
          </Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}
