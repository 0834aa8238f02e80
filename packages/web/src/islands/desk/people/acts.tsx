/** Everything that organisers did, newest first, checked row by row. */
import type { DeskEntry } from "@undersigned/core";
import { useEffect, useState } from "preact/hooks";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Table } from "../../ui/table.tsx";
import type { PageProps } from "../parts.ts";
import { codeOf } from "../shell/code-of.ts";
import { useDesk } from "../shell/desk.ts";
import { ProblemNotice } from "../shell/problem-notice.tsx";
import { problemWords } from "../words/problems.ts";
import { actWords } from "./act-words.ts";
import { SeenActs } from "./chain.ts";

/** Of this tab, whoever is in: by the board's key. */
const seenOf = new Map<string, SeenActs>();

export function Acts(_: PageProps) {
  const { call, session } = useDesk();
  const [entries, setEntries] = useState<readonly DeskEntry[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);
  const seen = seenOf.get(session.board) ?? new SeenActs();
  seenOf.set(session.board, seen);

  const read = async (known: readonly DeskEntry[]) => {
    setBusy(true);
    setProblem(null);
    try {
      const came = await call("entries", { before: known.at(-1)?.n ?? null });
      const all = [...known, ...came.entries];
      if (!seen.isWhole(all) || !seen.check(all)) setChanged(true);
      setEntries(all);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void read([]), [call]);

  const oldest = entries?.at(-1)?.n ?? 1;
  return (
    <Screen name="acts" title={say("desk-people.list-of-acts")}>
      <p>{say("desk-people.what-organisers-did-with-the")}</p>
      {changed && (
        <Notice tone="bad" speak="alert">
          <strong>{say("desk-people.this-list-has-been-changed")}</strong> {problemWords("list-changed")}
        </Notice>
      )}
      <ProblemNotice problem={problem} again={() => read(entries ?? [])} />
      {entries === null && problem === null && (
        <Progress label={say("desk-people.the-board-is-being-asked")} />
      )}
      {entries !== null && (
        <>
          <Table
            columns={[
              say("desk-people.act-day"),
              say("desk-people.act-who"),
              say("desk-people.act-what"),
              say("desk-people.act-about"),
            ]}
            rows={entries.map(({ alias, act, about, day }) => ({
              head: say.day(day).text,
              cells: [alias, actWords(act), about],
            }))}
          />
          {!changed && <p class="small">{say("desk-people.every-row-was-checked-against")}</p>}
          {oldest > 1 && (
            <Actions>
              <Button onPress={() => read(entries)} busy={busy}>
                {say("desk-people.show-older-ones")}
              </Button>
            </Actions>
          )}
        </>
      )}
    </Screen>
  );
}
