/** An import on this device: choosing, reading, picking suppliers, looking at what each row becomes, and one signature. */
import type { ImportOptions, ImportResult } from "@undersigned/dealings";
import { useEffect, useRef, useState } from "preact/hooks";
import { FileButton } from "../../../../../recount/file-button.tsx";
import { say } from "../../../../../say.ts";
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
        {say(`desk-register.import.${steps.at}`)}
      </h3>
      {steps.at === "choose" && (
        <>
          <p>{say("desk-register.an-award-export-of-the")}</p>
          {steps.failure !== null && (
            <Notice tone="bad" speak="alert">
              {steps.failure} {say("desk-register.nothing-imported")}
            </Notice>
          )}
          <Actions>
            <FileButton
              kind="primary"
              label={say("desk-register.choose-a-file")}
              accept=".csv,.zip,.json,.jsonl,text/csv,application/zip,application/json"
              onFile={(file) => setSteps(chosen(file))}
            />
            <Button kind="quiet" onPress={onStop}>
              {say("desk-register.do-not-import")}
            </Button>
          </Actions>
        </>
      )}
      {steps.at === "reading" && (
        <>
          <Progress
            label={
              steps.again === null
                ? say("desk-register.the-file-is-being-read")
                : say("desk-register.the-rows-of-these-suppliers")
            }
            done={Math.min(steps.bytes, steps.file.size)}
            of={Math.max(1, steps.file.size)}
          />
          <Actions>
            <Button onPress={() => setSteps(CHOOSE)}>{say("desk-register.stop")}</Button>
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
          onDone={(rows) => onDone(say("desk-register.rows-imported", { count: rows }))}
        />
      )}
    </>
  );
}
