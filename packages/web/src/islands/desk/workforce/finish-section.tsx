/** The last step: what still stops it, then freezing, the registrars' signatures, and the log. */
import { encodeBase64url, encodeCanonical, type WorkforceManifest } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useDesk, useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { hashOf } from "../shell/route.ts";
import { useCall } from "../shell/use-call.ts";
import { DraftProblem } from "../words/draft-problems.tsx";
import type { SectionProps } from "./props.ts";
import { labelOf, sectionOf } from "./sections.ts";

export function FinishSection({ document, problems, result }: SectionProps) {
  const may = useMay();
  const { outbox } = useDesk();
  const freezing = useCall("workforce-freeze");
  const [unsaved, setUnsaved] = useState(false);
  const stops = problems.filter((problem) => problem.stops);
  const warns = problems.filter((problem) => !problem.stops);
  const manifest = result?.manifest ?? null;

  const freeze = async (made: WorkforceManifest) => {
    setUnsaved(false);
    if (!(await outbox.settle(document.id))) return setUnsaved(true);
    const file = encodeBase64url(encodeCanonical(made));
    const done = await freezing.call(
      { document: document.id, file },
      {
        title: say("desk-workforce.freeze-the-workforce"),
        does: [say("desk-workforce.makes-one-file-of-all"), say("desk-workforce.until-they-have-you-can")],
        button: say("desk-workforce.freeze-it"),
      },
    );
    if (done !== null) await document.refresh();
  };
  return (
    <>
      {stops.length > 0 && (
        <>
          <h3>{say("desk-workforce.what-is-still-to-be")}</h3>
          <ul>
            {stops.map((problem) => (
              <li key={`${problem.field} ${problem.message}`}>
                {problem.field !== "" && (
                  <a href={hashOf("workforce", document.id, sectionOf(problem.field))}>
                    {labelOf(problem.field)}
                  </a>
                )}{" "}
                <DraftProblem problem={problem} />
              </li>
            ))}
          </ul>
        </>
      )}
      {warns.length > 0 && (
        <>
          <h3>{say("desk-workforce.worth-a-second-look")}</h3>
          <ul>
            {warns.map((problem) => (
              <li key={`${problem.field} ${problem.code}`}>
                <DraftProblem problem={problem} />
              </li>
            ))}
          </ul>
        </>
      )}
      {stops.length === 0 && manifest !== null && (
        <Notice tone="good">{say("desk-workforce.nothing-is-missing-the-next")}</Notice>
      )}
      <ProblemNotice problem={freezing.problem} again={freezing.again} />
      {unsaved && (
        <Notice tone="warning" speak="alert">
          {say("desk-workforce.not-everything-is-saved-yet")}
        </Notice>
      )}
      {manifest !== null &&
        (may("workforce-freeze") ? (
          <Actions>
            <Button kind="primary" onPress={() => freeze(manifest)} busy={freezing.busy}>
              {say("desk-workforce.freeze-it")}
            </Button>
          </Actions>
        ) : (
          <p>{say("desk-workforce.an-owner-can-freeze-it")}</p>
        ))}
    </>
  );
}
