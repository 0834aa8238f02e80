/** An import on this device: choosing, reading, picking suppliers, looking at what each row becomes, and one signature. */
import type { ImportOptions, ImportResult } from "@undersigned/dealings";
import { useEffect, useRef, useState } from "preact/hooks";
import { counted } from "../../../../../../shared/words/numbers.ts";
import { FileButton } from "../../../../../recount/file-button.tsx";
import { Actions, Button } from "../../../../../ui/button.tsx";
import { Notice } from "../../../../../ui/notice.tsx";
import { Progress } from "../../../../../ui/progress.tsx";
import type { OfLetter } from "../../new-record.ts";
import type { RegisterNow } from "../register-state.ts";
import { CHOOSE, chosen, heard, readAgain, type Steps, toggled } from "./import-steps.ts";
import { PickSuppliers } from "./pick-suppliers.tsx";
import { Preview } from "./preview.tsx";
import { startReader } from "./start-reader.ts";

export interface ImportingProps {
  readonly of: OfLetter;
  readonly register: RegisterNow;
  readonly onDone: (words: string) => void;
  readonly onStop: () => void;
}

export function Importing({ of, register, onDone, onStop }: ImportingProps) {
  const [steps, setSteps] = useState<Steps>(CHOOSE);
  const whole = useRef<ImportResult | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const reading = steps.at === "reading" ? steps.file : null;
  const again = steps.at === "reading" ? steps.again : null;
  useEffect(() => {
    if (reading === null) return;
    const reader = startReader({ file: reading, options: again ?? {} }, (answer) => {
      if (answer.said === "read" && again === null) whole.current = answer.result;
      setSteps((now) => heard(now, answer, register.rows, whole.current));
    });
    return () => reader.stop();
  }, [reading, again, register]);
  // A step is a screen of its own for who hears it.
  useEffect(() => heading.current?.focus(), [steps.at]);
  const pick = (file: Blob, options: ImportOptions) => setSteps(readAgain(file, options));
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {TITLES[steps.at]}
      </h3>
      {steps.at === "choose" && (
        <>
          <p>
            An award export of the United States federal spending site (CSV, or the zip file as it was
            downloaded), or Open Contracting data (OCDS 1.1, JSON). It is read on this device. Nothing of it
            is sent before you have seen what each row becomes; of people that the file names, nothing is
            read.
          </p>
          {steps.failure !== null && (
            <Notice tone="bad" speak="alert">
              {steps.failure} Nothing was imported.
            </Notice>
          )}
          <Actions>
            <FileButton
              kind="primary"
              label="Choose a file"
              accept=".csv,.zip,.json,.jsonl,text/csv,application/zip,application/json"
              onFile={(file) => setSteps(chosen(file))}
            />
            <Button kind="quiet" onPress={onStop}>
              Do not import
            </Button>
          </Actions>
        </>
      )}
      {steps.at === "reading" && (
        <>
          <Progress
            label={
              steps.again === null ? "The file is being read." : "The rows of these suppliers are being read."
            }
            done={Math.min(steps.bytes, steps.file.size)}
            of={Math.max(1, steps.file.size)}
          />
          <Actions>
            <Button onPress={() => setSteps(CHOOSE)}>Stop</Button>
          </Actions>
        </>
      )}
      {steps.at === "suppliers" && (
        <PickSuppliers
          result={steps.result}
          onPick={(options) => pick(steps.file, options)}
          onBack={() => setSteps(CHOOSE)}
        />
      )}
      {steps.at === "preview" && (
        <Preview
          of={of}
          register={register}
          steps={steps}
          onToggle={(id) => setSteps({ ...steps, without: toggled(steps.without, id) })}
          onAll={(without) => setSteps({ ...steps, without })}
          onBack={() =>
            setSteps(
              steps.whole === null ? CHOOSE : { at: "suppliers", file: steps.file, result: steps.whole },
            )
          }
          onDone={(rows) => onDone(`${counted(rows, "row", "rows")} imported.`)}
        />
      )}
    </>
  );
}

const TITLES: Readonly<Record<Steps["at"], string>> = {
  choose: "Import from a file",
  reading: "Reading the file",
  suppliers: "Whose rows?",
  preview: "What each row becomes",
};
