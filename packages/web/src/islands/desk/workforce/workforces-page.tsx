/** The workforces that are described here: usually one. */

import { encodeBase64url, randomBytes } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import type { PageProps } from "../parts.ts";
import { useDesk, useMay } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { hashOf } from "../shell/route.ts";
import { useAnswer, useCall } from "../shell/use-call.ts";

export function WorkforcesPage(_: PageProps) {
  const may = useMay();
  const { go } = useDesk();
  const { answer, problem, reload } = useAnswer("documents", {});
  const home = useAnswer("home", {});
  const making = useCall("document-new");
  const begin = async (workforce: string | null) => {
    const id = encodeBase64url(randomBytes(16));
    const made = await making.call({ id, kind: "workforce", workforce, replaces: null });
    if (made !== null) go("workforce", id, "employer");
  };
  const all = answer?.documents.filter(({ kind }) => kind === "workforce") ?? [];
  const published = home.answer?.workforces ?? [];
  return (
    <Screen name="workforces" title={say("desk-workforce.workforce")}>
      <p>{say("desk-workforce.a-workforce-says-who-may")}</p>
      <ProblemNotice problem={problem} again={reload} />
      {answer === null && problem === null && (
        <Progress label={say("desk-workforce.the-board-is-being-asked")} />
      )}
      <ul class="plain">
        {all.map(({ id, title, state }) => (
          <li class="card" key={id}>
            <h3>
              <a href={hashOf("workforce", id)}>
                <bdi>{title === "" ? say("desk-workforce.not-named-yet") : title}</bdi>
              </a>
            </h3>
            <p>{say(`desk-workforce.state.${state}`)}</p>
          </li>
        ))}
      </ul>
      <ProblemNotice problem={making.problem} again={making.again} />
      {answer !== null && may("document-new") && (
        <Actions>
          {published.map(({ workforce, employer }) => (
            <Button key={workforce} onPress={() => begin(workforce)} busy={making.busy}>
              {say("desk-workforce.change-employer", { employer: foreign(employer) })}
            </Button>
          ))}
          <Button
            kind={all.length === 0 && published.length === 0 ? "primary" : "plain"}
            onPress={() => begin(null)}
            busy={making.busy}
          >
            {say("desk-workforce.describe-a-workforce")}
          </Button>
        </Actions>
      )}
    </Screen>
  );
}
