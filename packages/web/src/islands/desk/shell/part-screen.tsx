/** A page whose part of the desk is on its way, or has not come. */

import { say } from "../../say.ts";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

export interface PartScreenProps {
  readonly problem: string | null;
  readonly again: () => void;
}

export function PartScreen({ problem, again }: PartScreenProps) {
  if (problem === null) {
    return (
      <Screen name="part-waiting" title={say("desk.one-moment")}>
        <Progress label={say("desk.this-part-of-the-desk")} />
      </Screen>
    );
  }
  return (
    <Screen name="part-failed" title={say("desk.this-part-of-the-desk-is")}>
      <ProblemNotice problem={problem} again={again} />
    </Screen>
  );
}
