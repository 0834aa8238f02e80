/** Everything that organisers did, newest first, checked row by row. */
import type { DeskEntry } from "@undersigned/core";
import { useEffect, useState } from "preact/hooks";
import { longDay } from "../../../shared/words/days.ts";
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
    <Screen name="acts" title="List of acts">
      <p>
        What organisers did, with the day and no hour. Nobody can take anything out of it, an owner neither.
        Only organisers see it.
      </p>
      {changed && (
        <Notice tone="bad" speak="alert">
          <strong>This list has been changed.</strong> {problemWords("list-changed")}
        </Notice>
      )}
      <ProblemNotice problem={problem} again={() => read(entries ?? [])} />
      {entries === null && problem === null && <Progress label="The board is being asked." />}
      {entries !== null && (
        <>
          <Table
            columns={["Day", "Who", "What", "About"]}
            rows={entries.map(({ alias, act, about, day }) => ({
              head: longDay(day),
              cells: [alias, actWords(act), about],
            }))}
          />
          {!changed && <p class="small">Every row was checked against the one before it.</p>}
          {oldest > 1 && (
            <Actions>
              <Button onPress={() => read(entries)} busy={busy}>
                Show older ones
              </Button>
            </Actions>
          )}
        </>
      )}
    </Screen>
  );
}
