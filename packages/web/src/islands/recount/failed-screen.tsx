/** Nothing could be counted at all. */
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Screen } from "../ui/screen.tsx";

export interface FailedScreenProps {
  readonly message: string;
  /** Null where doing it again would change nothing. */
  readonly onAgain: (() => void) | null;
}

export function FailedScreen({ message, onAgain }: FailedScreenProps) {
  return (
    <Screen name="failed" title="Nothing was counted">
      <Notice tone="bad" speak="alert">
        {message}
      </Notice>
      {onAgain !== null && (
        <Actions>
          <Button kind="primary" onPress={onAgain}>
            Recount again
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
