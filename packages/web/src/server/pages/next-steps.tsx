/** What an operator and an organiser do next, with the commands that do it. */
import type { ComponentChildren } from "preact";
import { Commands } from "./command.tsx";

export type NextStepsProps =
  | { readonly stage: "no-keys"; readonly folder: string }
  | { readonly stage: "no-workforce" }
  | { readonly stage: "no-epoch" | "no-letter"; readonly workforce: string; readonly board: string };

export function NextSteps(props: NextStepsProps) {
  const empty = props.stage === "no-keys" || props.stage === "no-workforce";
  const to = empty
    ? "--board ADDRESS --workforce ID"
    : `--board ${props.board} --workforce ${props.workforce}`;
  const data = props.stage === "no-keys" ? props.folder : "board";
  return (
    <>
      <p>{INTRODUCTIONS[props.stage]}</p>
      <ol class="steps">
        {props.stage === "no-keys" && <KeySteps data={data} />}
        {empty && <WorkforceSteps data={data} />}
        {props.stage !== "no-letter" && <EpochSteps to={to} />}
        <LetterSteps to={to} />
      </ol>
      <p class="small">
        Every command that opens keys is told how by <code>--passphrase-file</code>,{" "}
        <code>--passphrase-fd</code> or <code>--identity-file</code>. <code>undersigned help COMMAND</code>{" "}
        explains each. In a clone of the repository, write <code>npx undersigned</code> for{" "}
        <code>undersigned</code>.
      </p>
    </>
  );
}

const INTRODUCTIONS: Readonly<Record<NextStepsProps["stage"], string>> = {
  "no-keys": "To set up a board and open the first letter:",
  "no-workforce": "To open the first letter:",
  "no-epoch": "This workforce has no epoch yet, so nobody can enrol. To open the first letter:",
  "no-letter": "This workforce has no letter yet. To open one:",
};

function KeySteps({ data }: { readonly data: string }) {
  return (
    <Step
      title="Make the board's keys"
      command={`undersigned board init --data ${data} --url https://BOARD --out board.card
undersigned start --data ${data}`}
    >
      It asks for a passphrase, which opens the keys at each start, and writes the board's card: its public
      keys and its address. Stop what runs now before you start again.
    </Step>
  );
}

function WorkforceSteps({ data }: { readonly data: string }) {
  return (
    <>
      <Step
        title="Make the registrars' keys"
        command="undersigned registrar init --data registrar --name NAME --operator WHO --url https://REGISTRAR --out registrar.card"
      >
        Each registrar does this on its own machine, and hands over the card that is written.
      </Step>
      <Step title="Make a key that may open letters" command="undersigned opener-key --out keys/opener.age">
        The organiser does this and keeps the file.
      </Step>
      <Step
        title="Describe the workforce"
        command="undersigned workforce new outline.json --registrar registrar.card --board board.card --quorum K --out workforce.json"
      >
        The outline names employer, mail domains and the keys that may open letters, and, if you want them,
        senders whose mails count as evidence, invitations and a rule for names. Give <code>--registrar</code>{" "}
        once for each registrar. The quorum is how many of them a signature needs: more than half.
      </Step>
      <Step
        title="Have every registrar sign it"
        command="undersigned registrar sign-manifest workforce.json --data registrar --out signature.json"
      >
        It shows what is signed. Registrars read the manifest's hash to each other, by voice, before they
        agree.
      </Step>
      <Step
        title="Serve the workforce"
        command={`undersigned board add-workforce workforce.json --data ${data} --signature signature.json
undersigned start --data ${data}`}
      >
        On SQLite, stop the board before and start it again afterwards. Give <code>--signature</code> once for
        each registrar.
      </Step>
    </>
  );
}

function EpochSteps({ to }: { readonly to: string }) {
  return (
    <>
      <Step
        title="Make the registrars' keys for the first epoch"
        command={`undersigned registrar open-epoch --data registrar --manifest workforce.json --epoch 1 --opens YYYY-MM-DD --closes YYYY-MM-DD --out statement.json
undersigned registrar --data registrar --smtp-host HOST --smtp-from ADDRESS`}
      >
        All registrars give the same days. An epoch is the time in which people can enrol, and has room for 16
        letters.
      </Step>
      <Step title="Open the epoch" command={`undersigned board open-epoch statement.json ${to}`}>
        With the statements of at least as many registrars as the quorum.
      </Step>
    </>
  );
}

function LetterSteps({ to }: { readonly to: string }) {
  return (
    <>
      <Step
        title="Draft the letter"
        command="undersigned letter draft outline.json --body letter.md --out letter.json"
      >
        The outline has title, addressee, demands, sources and days. Nothing of it can be changed once it is
        published.
      </Step>
      <Step
        title="Open it for signing"
        command={`undersigned letter publish letter.json --opener-key keys/opener.age ${to}`}
      >
        Its address is then on this page.
      </Step>
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly command: string;
  readonly children: ComponentChildren;
}

function Step({ title, command, children }: StepProps) {
  return (
    <li>
      <p>
        <strong>{title}.</strong> {children}
      </p>
      <Commands lines={command.split("\n")} />
    </li>
  );
}
