/** What an operator and an organiser do next, with the commands that do it. */
import { Says } from "../../shared/says.tsx";
import { useSay } from "../../shared/speech.ts";
import { TAGS } from "../../shared/tags.tsx";
import { selector } from "../../shared/words/selector.ts";
import { Commands } from "./command.tsx";

export type NextStepsProps =
  | { readonly stage: "no-keys"; readonly folder: string }
  | { readonly stage: "no-workforce" }
  | { readonly stage: "no-epoch" | "no-letter"; readonly workforce: string; readonly board: string };

export function NextSteps(props: NextStepsProps) {
  const say = useSay();
  const empty = props.stage === "no-keys" || props.stage === "no-workforce";
  const to = empty
    ? "--board ADDRESS --workforce ID"
    : `--board ${props.board} --workforce ${props.workforce}`;
  const data = props.stage === "no-keys" ? props.folder : "board";
  return (
    <>
      <p>{say("public.steps", { stage: selector(props.stage) })}</p>
      <ol class="steps">
        {props.stage === "no-keys" && <KeySteps data={data} />}
        {empty && <WorkforceSteps data={data} />}
        {props.stage !== "no-letter" && <EpochSteps to={to} />}
        <LetterSteps to={to} />
      </ol>
      <p class="small">
        <Says words={say.rich("public.steps.keys", TAGS)} />
      </p>
    </>
  );
}

function KeySteps({ data }: { readonly data: string }) {
  return (
    <Step
      step="board-keys"
      command={`undersigned board init --data ${data} --url https://BOARD --out board.card
undersigned start --data ${data}`}
    />
  );
}

function WorkforceSteps({ data }: { readonly data: string }) {
  return (
    <>
      <Step
        step="registrar-keys"
        command="undersigned registrar init --data registrar --name NAME --operator WHO --url https://REGISTRAR --out registrar.card"
      />
      <Step step="opener-key" command="undersigned opener-key --out keys/opener.age" />
      <Step
        step="workforce"
        command="undersigned workforce new outline.json --registrar registrar.card --board board.card --quorum K --out workforce.json"
      />
      <Step
        step="sign"
        command="undersigned registrar sign-manifest workforce.json --data registrar --out signature.json"
      />
      <Step
        step="serve"
        command={`undersigned board add-workforce workforce.json --data ${data} --signature signature.json
undersigned start --data ${data}`}
      />
    </>
  );
}

function EpochSteps({ to }: { readonly to: string }) {
  return (
    <>
      <Step
        step="epoch-keys"
        command={`undersigned registrar open-epoch --data registrar --manifest workforce.json --epoch 1 --opens YYYY-MM-DD --closes YYYY-MM-DD --out statement.json
undersigned registrar --data registrar --smtp-host HOST --smtp-from ADDRESS`}
      />
      <Step step="epoch" command={`undersigned board open-epoch statement.json ${to}`} />
    </>
  );
}

function LetterSteps({ to }: { readonly to: string }) {
  return (
    <>
      <Step step="draft" command="undersigned letter draft outline.json --body letter.md --out letter.json" />
      <Step
        step="publish"
        command={`undersigned letter publish letter.json --opener-key keys/opener.age ${to}`}
      />
    </>
  );
}

type StepName =
  | "board-keys"
  | "registrar-keys"
  | "opener-key"
  | "workforce"
  | "sign"
  | "serve"
  | "epoch-keys"
  | "epoch"
  | "draft"
  | "publish";

interface StepProps {
  readonly step: StepName;
  readonly command: string;
}

function Step({ step, command }: StepProps) {
  const say = useSay();
  return (
    <li>
      <p>
        <Says words={say.rich(`public.step.${step}`, TAGS)} />
      </p>
      <Commands lines={command.split("\n")} />
    </li>
  );
}
