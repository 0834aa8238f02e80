/** The last look before a letter is frozen, and publishing itself. */

import { randomBytes } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useEffect } from "preact/hooks";
import { Addressee } from "../../../../shared/letter/addressee.tsx";
import { LetterText } from "../../../../shared/letter/letter-text.tsx";
import { Says } from "../../../../shared/says.tsx";
import { directionOf } from "../../../../shared/words/direction.ts";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { Screen } from "../../../ui/screen.tsx";
import { Conflicts, SavingLine } from "../../outbox/saving-line.tsx";
import type { PageProps } from "../../parts.ts";
import { PageError } from "../../shell/code-of.ts";
import { useDesk, useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { useAnswer } from "../../shell/use-call.ts";
import { fieldTexts, labelOf } from "../editor/letter-fields.ts";
import { type LetterDraft, useLetterDraft } from "../use-letter-draft.ts";
import { readLog } from "../use-log.ts";
import { useSignedAct } from "../use-signed-act.ts";
import { FindingsList } from "./findings-list.tsx";
import { Frozen } from "./frozen.tsx";
import { Listing } from "./listing.tsx";
import { ProblemsList } from "./problems-list.tsx";
import { publishingOf } from "./publish-letter.ts";
import { PassOn } from "./published.tsx";
import { Reading } from "./reading.tsx";
import { Rehearsal } from "./rehearsal.tsx";

export function ReviewPage({ route }: PageProps) {
  const { draft, problem, again } = useLetterDraft(route.id ?? "");
  const published = draft?.document.summary.published ?? null;
  if (draft !== null && published !== null) return <Published draft={draft} letter={published} />;
  return (
    <Screen name="review" title={say("desk-writing.review-the-letter")}>
      <ProblemNotice problem={problem} again={again} />
      {draft === null && problem === null && <Progress label={say("desk-writing.the-draft-is-being-read")} />}
      {draft?.reading === true && <Progress label={say("desk-writing.the-log-is-being-read")} />}
      {draft?.reading === false && <Review draft={draft} />}
    </Screen>
  );
}

function Review({ draft }: { readonly draft: LetterDraft }) {
  const may = useMay();
  const { document, values } = draft;
  return (
    <>
      <p>
        <a href={hashOf("draft", document.id)}>{say("desk-writing.back-to-writing")}</a>
      </p>
      <Conflicts document={document} label={(name) => labelOf(name, values)} />
      <ProblemsList draft={draft} />
      <h3>{say("desk-writing.what-may-give-somebody-away")}</h3>
      <FindingsList draft={draft} />
      <h3>{say("desk-writing.as-readers-will-see-it")}</h3>
      <Reading text={values.body} language={values.language} />
      <Shown draft={draft} />
      <h3>{say("desk-writing.what-cannot-be-changed-afterwards")}</h3>
      <Frozen draft={draft} />
      <h3>{say("desk-writing.rehearsal")}</h3>
      {may("rehearsal-start") && <Rehearsal draft={draft} />}
      <h3>{say("desk-writing.publishing")}</h3>
      <Listing draft={draft} />
      <Publish draft={draft} key={document.id} />
      <SavingLine document={document} />
    </>
  );
}

function Shown({ draft }: { readonly draft: LetterDraft }) {
  const { manifest } = draft.result;
  if (manifest === null) return <p>{say("desk-writing.it-is-shown-here-when")}</p>;
  const { language, title } = manifest;
  return (
    <section class="preview as-read" aria-label={say("desk-writing.the-letter")}>
      <div lang={language} dir={directionOf(language)}>
        <p class="preview-title">
          <bdi>{title}</bdi>
        </p>
        <Addressee manifest={manifest} />
        <LetterText manifest={manifest} />
      </div>
    </section>
  );
}

function Publish({ draft }: { readonly draft: LetterDraft }) {
  const desk = useDesk();
  const may = useMay();
  const { act, busy, problem } = useSignedAct("letter-publish");
  const { document, values, organisers, result } = draft;
  // Whatever was lost on the way, the board knows whether it is published.
  useEffect(() => {
    if (problem !== null) document.refresh().catch(() => {});
  }, [problem, document]);
  if (!may("letter-publish")) return <p>{say("desk-writing.an-owner-publishes-it")}</p>;
  if (organisers.length < 2) {
    return (
      <Notice tone="warning">
        {say("desk-writing.a-letter-needs-two-owners")}{" "}
        <a href={hashOf("organisers")}>{say("desk-writing.invite-another-owner")}</a>
      </Notice>
    );
  }
  const { manifest } = result;
  if (manifest === null) return <p>{say("desk-writing.something-stops-it-see-above")}</p>;
  const publish = async () => {
    const done = await act(
      {
        title: say("desk-writing.publish-the-letter"),
        does: [
          say("desk-writing.is-frozen", { title: foreign(manifest.title) }),
          say("desk-writing.it-takes-a-slot-of"),
          values.listed
            ? say("desk-writing.anyone-can-read-it-from")
            : say("desk-writing.its-text-can-be-read"),
        ],
        button: say("desk-writing.publish"),
        forever: true,
      },
      async (signer) => {
        if (!(await desk.outbox.settle(document.id))) throw new PageError("letter-unsaved");
        const view = await readLog(desk.origin, manifest.workforce);
        await document.refresh();
        const now = { ...draft, fields: fieldTexts(document) };
        return publishingOf(now, view, signer, desk.today, randomBytes);
      },
    );
    if (done === null) return;
    await document.refresh().catch(() => {});
  };
  return (
    <>
      <ProblemNotice problem={problem} again={publish} />
      <Actions>
        <Button kind="primary" busy={busy} onPress={publish}>
          {say("desk-writing.publish-2")}
        </Button>
      </Actions>
    </>
  );
}

function Published({ draft, letter }: { readonly draft: LetterDraft; readonly letter: string }) {
  const { answer, problem, reload } = useAnswer("letters", {});
  const found = answer?.letters.find((one) => one.letter === letter);
  return (
    <Screen name="published" title={say("desk-writing.the-letter-is-published")}>
      <ProblemNotice problem={problem} again={reload} />
      {found !== undefined && (
        <>
          <p>
            <Says
              words={say.rich("desk-writing.can-be-signed", {
                title: foreign(found.title),
                listed: found.listed ? "yes" : "no",
              })}
            />
          </p>
          <PassOn letter={found} passOn={draft.values.passOn} />
          <p class="actions">
            <a class="button" href={hashOf("letter", letter)}>
              {say("desk-writing.to-the-letters-page")}
            </a>
          </p>
        </>
      )}
    </Screen>
  );
}
