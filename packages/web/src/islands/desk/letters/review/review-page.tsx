/** The last look before a letter is frozen, and publishing itself. */
import { randomBytes } from "@undersigned/core";
import { useEffect } from "preact/hooks";
import { LetterText } from "../../../../shared/letter/letter-text.tsx";
import { directionOf } from "../../../../shared/words/direction.ts";
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
    <Screen name="review" title="Review the letter">
      <ProblemNotice problem={problem} again={again} />
      {draft === null && problem === null && <Progress label="The draft is being read." />}
      {draft?.reading === true && <Progress label="The log is being read." />}
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
        <a href={hashOf("draft", document.id)}>Back to writing</a>
      </p>
      <Conflicts document={document} label={(name) => labelOf(name, values)} />
      <ProblemsList draft={draft} />
      <h3>What may give somebody away</h3>
      <FindingsList draft={draft} />
      <h3>As readers will see it</h3>
      <Reading text={values.body} language={values.language} />
      <Shown draft={draft} />
      <h3>What cannot be changed afterwards</h3>
      <Frozen draft={draft} />
      <h3>Rehearsal</h3>
      {may("rehearsal-start") && <Rehearsal draft={draft} />}
      <h3>Publishing</h3>
      <Listing draft={draft} />
      <Publish draft={draft} key={document.id} />
      <SavingLine document={document} />
    </>
  );
}

function Shown({ draft }: { readonly draft: LetterDraft }) {
  const { manifest } = draft.result;
  if (manifest === null) return <p>It is shown here when nothing stops it any more.</p>;
  const { language, title, addressee } = manifest;
  return (
    <section class="preview as-read" aria-label="The letter">
      <div lang={language} dir={directionOf(language)}>
        <p class="preview-title">
          <bdi>{title}</bdi>
        </p>
        <p class="addressee">
          <span lang="en">To:</span> <bdi>{addressee.name}</bdi>, <bdi>{addressee.organisation}</bdi>
        </p>
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
  if (!may("letter-publish")) return <p>An owner publishes it.</p>;
  if (organisers.length < 2) {
    return (
      <Notice tone="warning">
        A letter needs two owners, so that one lost phrase loses nothing.{" "}
        <a href={hashOf("organisers")}>Invite another owner</a>
      </Notice>
    );
  }
  const { manifest } = result;
  if (manifest === null) return <p>Something stops it: see above.</p>;
  const publish = async () => {
    const done = await act(
      {
        title: "Publish the letter",
        does: [
          `“${manifest.title}” is frozen: nothing of it can be changed any more.`,
          "It takes a slot of the epoch and is written into the public log, for good.",
          values.listed
            ? "Anyone can read it from then on."
            : "Its text can be read with the link only, until you make it public. That it exists can be seen.",
        ],
        button: "Publish",
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
          Publish …
        </Button>
      </Actions>
    </>
  );
}

function Published({ draft, letter }: { readonly draft: LetterDraft; readonly letter: string }) {
  const { answer, problem, reload } = useAnswer("letters", {});
  const found = answer?.letters.find((one) => one.letter === letter);
  return (
    <Screen name="published" title="The letter is published">
      <ProblemNotice problem={problem} again={reload} />
      {found !== undefined && (
        <>
          <p>
            “<bdi>{found.title}</bdi>” can be signed
            {found.listed ? "." : " by people who have its link."} A number appears when enough have signed.
          </p>
          <PassOn letter={found} passOn={draft.values.passOn} />
          <p class="actions">
            <a class="button" href={hashOf("letter", letter)}>
              To the letter’s page
            </a>
          </p>
        </>
      )}
    </Screen>
  );
}
