/** A page whose part of the desk is on its way, or has not come. */
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
      <Screen name="part-waiting" title="One moment">
        <Progress label="This part of the desk is being loaded." />
      </Screen>
    );
  }
  return (
    <Screen name="part-failed" title="This part of the desk is missing">
      <ProblemNotice problem={problem} again={again} />
    </Screen>
  );
}
