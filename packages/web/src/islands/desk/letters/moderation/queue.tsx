/** The queue of one letter. What is decided waits on this page until it is sent. */
import { useEffect, useState } from "preact/hooks";
import { Actions, Button } from "../../../ui/button.tsx";
import { Choices } from "../../../ui/choice.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { codeOf } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { HIT_WORDS, type HideReason, type Letter, type QueueItem, REASONS } from "../words.ts";
import {
  type Decision,
  type Decisions,
  decided,
  decisionsWords,
  inOrder,
  NONE,
  undone,
} from "./decisions.ts";

export function Queue({ letter }: { readonly letter: Letter }) {
  const { call, say } = useDesk();
  const of = { workforce: letter.workforce, letter: letter.letter };
  const [items, setItems] = useState<readonly QueueItem[]>([]);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(true);
  const [decisions, setDecisions] = useState<Decisions>(NONE);

  const load = async (before: readonly QueueItem[]) => {
    setBusy(true);
    setProblem(null);
    try {
      const came = await call("queue", { ...of, after: before.at(-1)?.index ?? null });
      setItems([...before, ...came.items]);
      setMore(came.items.length === PAGE);
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void load([]), [letter.letter]);

  const send = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    let left = decisions;
    try {
      for (const [index, decision] of inOrder(decisions)) {
        await call("decide", {
          ...of,
          index,
          show: decision.show,
          reason: decision.show ? null : decision.reason,
        });
        left = undone(left, index);
        setDecisions(left);
        setItems((all) =>
          all.flatMap((item) => (item.index === index ? afterwards(item, decision) : [item])),
        );
      }
      say("It is done.");
    } catch (error) {
      setProblem(codeOf(error));
    } finally {
      setBusy(false);
    }
  };
  const waiting = items.filter(({ state }) => state === "waiting");
  const shown = items.filter(({ state }) => state === "shown");
  const list = (some: readonly QueueItem[]) => (
    <ul class="plain">
      {some.map((item) => (
        <Item
          key={item.index}
          item={item}
          decision={decisions.get(item.index) ?? null}
          onDecide={(decision) => setDecisions(decided(decisions, item.index, decision))}
          onUndo={() => setDecisions(undone(decisions, item.index))}
        />
      ))}
    </ul>
  );
  return (
    <>
      <h3>Waiting for a look</h3>
      {waiting.length === 0 ? <p>{busy ? "The board is being asked." : "No name waits."}</p> : list(waiting)}
      {shown.length > 0 && (
        <>
          <h3>Shown</h3>
          {list(shown)}
        </>
      )}
      <ProblemNotice problem={problem} again={() => (decisions.size > 0 ? send() : load(items))} />
      {more && (
        <Actions>
          <Button busy={busy} onPress={() => load(items)}>
            Show more
          </Button>
        </Actions>
      )}
      {decisions.size > 0 && (
        <div class="saving">
          <p role="status">Not sent yet: {decisionsWords(decisions)}.</p>
          <Actions>
            <Button kind="primary" busy={busy} onPress={send}>
              Send decisions
            </Button>
          </Actions>
        </div>
      )}
    </>
  );
}

/** As many as the board answers at once. */
const PAGE = 100;

function afterwards(item: QueueItem, { show }: Decision): readonly QueueItem[] {
  return show ? [{ ...item, state: "shown" }] : [];
}

interface ItemProps {
  readonly item: QueueItem;
  readonly decision: Decision | null;
  readonly onDecide: (decision: Decision) => void;
  readonly onUndo: () => void;
}

function Item({ item, decision, onDecide, onUndo }: ItemProps) {
  const { index, name, role, place, confirmed, hits, state } = item;
  const [choosing, setChoosing] = useState(false);
  const [reason, setReason] = useState<HideReason>(reasonOf(hits));
  return (
    <li class="card">
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {confirmed && <span class="mark confirmed">confirmed</span>}
        {(role ?? place) !== null && (
          <span class="where">
            {" "}
            <bdi>{[role, place].filter((one) => one !== null).join(", ")}</bdi>
          </span>
        )}
      </p>
      {hits.map((hit) => (
        <p class="hint" key={hit}>
          {HIT_WORDS[hit]}
        </p>
      ))}
      {decision !== null ? (
        <div role="status">
          <Notice tone={decision.show ? "good" : "warning"}>
            {decision.show
              ? "To be shown."
              : `To be hidden: ${REASONS.find(({ value }) => value === decision.reason)?.label.toLowerCase()}.`}
          </Notice>
          <Actions>
            <Button onPress={onUndo}>
              Undo<span class="visually-hidden"> {name}</span>
            </Button>
          </Actions>
        </div>
      ) : choosing ? (
        <>
          <Choices
            name={`reason-${index}`}
            legend={`Why is “${name}” hidden?`}
            value={reason}
            options={REASONS}
            onChoose={setReason}
          />
          <Actions>
            <Button
              kind="primary"
              onPress={() => {
                setChoosing(false);
                onDecide({ show: false, reason });
              }}
            >
              Hide it
            </Button>
            <Button kind="quiet" onPress={() => setChoosing(false)}>
              Do not
            </Button>
          </Actions>
        </>
      ) : (
        <Actions>
          {state === "waiting" && (
            <Button onPress={() => onDecide({ show: true })}>
              Show<span class="visually-hidden"> {name}</span>
            </Button>
          )}
          <Button onPress={() => setChoosing(true)}>
            Hide …<span class="visually-hidden"> {name}</span>
          </Button>
        </Actions>
      )}
    </li>
  );
}

function reasonOf(hits: QueueItem["hits"]): HideReason {
  const hit = hits[0];
  if (hit === undefined) return "asked";
  return hit === "not-a-name" ? "length" : hit;
}
