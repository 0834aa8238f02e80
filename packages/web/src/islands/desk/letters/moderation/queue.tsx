/** The queue of one letter. What is decided waits on this page until it is sent. */
import { foreign } from "@undersigned/messages";
import { useEffect, useState } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Choices } from "../../../ui/choice.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { codeOf } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { HIDE_REASONS, type HideReason, type Letter, type QueueItem } from "../words.ts";
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
  const { call, announce } = useDesk();
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
      announce(say("desk-moderation.it-is-done"));
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
      <h3>{say("desk-moderation.waiting-for-a-look")}</h3>
      {waiting.length === 0 ? (
        <p>{busy ? say("desk-moderation.the-board-is-being-asked") : say("desk-moderation.no-name-waits")}</p>
      ) : (
        list(waiting)
      )}
      {shown.length > 0 && (
        <>
          <h3>{say("desk-moderation.shown")}</h3>
          {list(shown)}
        </>
      )}
      <ProblemNotice problem={problem} again={() => (decisions.size > 0 ? send() : load(items))} />
      {more && (
        <Actions>
          <Button busy={busy} onPress={() => load(items)}>
            {say("desk-moderation.show-more")}
          </Button>
        </Actions>
      )}
      {decisions.size > 0 && (
        <div class="saving">
          <p role="status">{decisionsWords(decisions)}</p>
          <Actions>
            <Button kind="primary" busy={busy} onPress={send}>
              {say("desk-moderation.send-decisions")}
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
        </strong>{" "}
        {confirmed && <span class="mark confirmed">{say("desk-moderation.confirmed")}</span>}
        {(role ?? place) !== null && (
          <span class="where">
            {" "}
            <bdi>{[role, place].filter((one) => one !== null).join(", ")}</bdi>
          </span>
        )}
      </p>
      {hits.map((hit) => (
        <p class="hint" key={hit}>
          {say(`desk-moderation.hit.${hit}`)}
        </p>
      ))}
      {decision !== null ? (
        <div role="status">
          <Notice tone={decision.show ? "good" : "warning"}>
            {decision.show
              ? say("desk-moderation.to-be-shown")
              : say("desk-moderation.to-be-hidden", { reason: decision.reason })}
          </Notice>
          <Actions>
            <Button onPress={onUndo}>
              {say("desk-moderation.undo")}
              <span class="visually-hidden"> {name}</span>
            </Button>
          </Actions>
        </div>
      ) : choosing ? (
        <>
          <Choices
            name={`reason-${index}`}
            legend={say("desk-moderation.why-hidden", { name: foreign(name) })}
            value={reason}
            options={HIDE_REASONS.map((value) => ({
              value,
              label: say(`desk-moderation.reason.${value}`),
              hint: say(`desk-moderation.reason.${value}.hint`),
            }))}
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
              {say("desk-moderation.hide-it")}
            </Button>
            <Button kind="quiet" onPress={() => setChoosing(false)}>
              {say("desk-moderation.do-not")}
            </Button>
          </Actions>
        </>
      ) : (
        <Actions>
          {state === "waiting" && (
            <Button onPress={() => onDecide({ show: true })}>
              {say("desk-moderation.show")}
              <span class="visually-hidden"> {name}</span>
            </Button>
          )}
          <Button onPress={() => setChoosing(true)}>
            {say("desk-moderation.hide")}
            <span class="visually-hidden"> {name}</span>
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
