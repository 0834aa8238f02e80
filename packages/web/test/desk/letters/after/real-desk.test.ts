/** What the pages sign and send, taken by a real desk and board. */
import { addDays } from "@undersigned/core";
import { furtherOf } from "@undersigned/verify";
import { expect, test } from "vitest";
import { DEALING, SOURCE } from "../../../../../../test/kit/further-leaves.ts";
import { closedLetter, inTheLog } from "../../../../../desk/test/answered-kit.ts";
import {
  deliveryBody,
  deliverySpan,
  stepOf,
} from "../../../../src/islands/desk/letters/after/delivery/delivery-steps.ts";
import { judgementOf } from "../../../../src/islands/desk/letters/after/demands/judgement-draft.ts";
import { commonOf, signNew, withholding } from "../../../../src/islands/desk/letters/after/new-record.ts";
import { changeRecord } from "../../../../src/islands/desk/letters/after/register/register-state.ts";
import { readLog } from "../../../../src/islands/desk/letters/use-log.ts";

test("a letter is handed over, answered, judged by two, and its register changed twice", async () => {
  const answered = await closedLetter();
  const { desks, owner, other, at, closes } = answered;
  expect(stepOf(await owner.act("delivery", at))).toBe("prepare");
  const prepared = await owner.act("delivery-prepare", at);
  expect(stepOf(await owner.act("delivery", at))).toBe("ready");
  const { first } = deliverySpan(closes, desks.desk.clock.day())!;
  const of = { ...at, how: "hand", delivered: first, withBundle: true, again: false } as const;
  await owner.act("delivery-make", deliveryBody(of, prepared, owner.organiser));

  const statement = {
    type: "response-record",
    kind: "statement",
    ...commonOf(at),
    text: "We will look at it.",
    source: SOURCE,
  } as const;
  const { record } = await owner.act("statement-add", {
    record: statement,
    sig: signNew("response", statement, owner.organiser),
  });
  await owner.act("response-withhold", withholding(at, record, "names-people", owner.organiser));

  const judged = {
    state: "promised",
    until: addDays(first, 30),
    reason: "They say so.",
    source: SOURCE,
  } as const;
  const judgement = judgementOf(at, "end", judged, null);
  const proposed = await owner.act("judgement-propose", {
    record: judgement,
    sig: signNew("judgement", judgement, owner.organiser),
  });
  const sig = signNew("judgement", judgement, other.organiser);
  await other.act("judgement-agree", { ...at, record: proposed.record, sig });

  const change = async (previous: string | null, entry: typeof DEALING | null) => {
    const next = changeRecord(at, previous, [{ row: "own:one", entry }]);
    return (
      await owner.act("dealings-change", { record: next, sig: signNew("dealings", next, owner.organiser) })
    ).record;
  };
  await change(await change(null, DEALING), null);

  expect((await inTheLog(answered)).judged.get("end")).toBe(proposed.record);
  const view = await readLog(desks.board.url.replace(/\/$/, ""), at.workforce, {
    further: furtherOf({ letter: at.letter }),
  });
  const further = view.letters.get(at.letter)?.further;
  expect(further?.refused).toEqual([]);
  expect(further?.deliveries.map(({ leaf }) => leaf.how)).toEqual(["hand"]);
  expect(further?.responses.map(({ withheld }) => withheld?.reason)).toEqual(["names-people"]);
  expect(further?.judgements.map(({ leaf }) => leaf.by.length)).toEqual([2]);
  expect(further?.dealings.map(({ rows }) => rows)).toEqual([1, 0]);
});
