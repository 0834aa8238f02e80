/** Nothing could be counted at all. */
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Screen } from "../ui/screen.tsx";
import type { Failed } from "./messages.ts";

export interface FailedScreenProps {
  readonly failed: Failed | { readonly why: "differs" | "malformed" };
  /** Null where doing it again would change nothing. */
  readonly onAgain: (() => void) | null;
}

export function FailedScreen({ failed, onAgain }: FailedScreenProps) {
  return (
    <Screen name="failed" title={say("recount.failed-screen.title")}>
      <Notice tone="bad" speak="alert">
        {failed.why === "files" ? (
          <>
            {say.language !== "en" && `${say("recount.failed.files")} `}
            <span lang="en" dir="ltr">
              {failed.detail}
            </span>
          </>
        ) : (
          say(`recount.failed.${failed.why}`)
        )}
      </Notice>
      {onAgain !== null && (
        <Actions>
          <Button kind="primary" onPress={onAgain}>
            {say("recount.act.recount-again")}
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
