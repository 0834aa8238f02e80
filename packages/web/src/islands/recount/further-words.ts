/** What became of a letter, by its report, in plain words: each thing counted and dated. Whatever people wrote stays out of it. */
import type { LetterReport } from "@undersigned/verify";
import { say } from "../say.ts";
import type { Row } from "./plain-words.ts";

type Delivery = LetterReport["deliveries"][number];
type Response = LetterReport["responses"][number];
type Judgement = LetterReport["judgements"][number]["judgement"];

/** Of what there is nothing, there is no row. */
export function furtherRows({ deliveries, responses, judgements, dealings }: LetterReport): Row[] {
  return [
    ...row(say("recount.term.handed-over"), deliveries.map(deliveryInWords)),
    ...row(say("recount.term.answered"), responses.map(responseInWords)),
    ...demandsRow(judgements),
    ...registerRow(dealings),
  ];
}

/** `once, …`, or `3 times: …; …; …`. */
function row(term: string, each: readonly string[]): Row[] {
  if (each.length === 0) return [];
  const value =
    each.length === 1
      ? say("recount.further.once", { what: each.join("") })
      : say("recount.further.times", { times: each.length, each: each.join(say("recount.semicolon")) });
  return [{ term, value }];
}

/** Days stand as the log has them, so that they can be compared with it. */
function deliveryInWords({ delivered, how, accepted }: Delivery): string {
  return say("recount.further.delivery", { day: [delivered], how, accepted: accepted ? "yes" : "no" });
}

/** As messages choose by them. */
const WITHHELD: Readonly<Record<NonNullable<Response["withheld"]>["reason"], string>> = {
  "names-people": "names",
  "endangers-people": "endangers",
  unlawful: "unlawful",
};

function responseInWords({ day, kind, response, withheld, evidence }: Response): string {
  const by = kind === "statement" ? "statement" : "mail";
  if (withheld !== null) {
    return say("recount.further.withheld", {
      by,
      day: [day],
      since: [withheld.day],
      reason: WITHHELD[withheld.reason],
    });
  }
  if (kind === "statement" || response === null) return say("recount.further.response", { by, day: [day] });
  const checked = evidence ? "yes" : "no";
  return response.kind === "mail"
    ? say("recount.further.mail-dated", { day: [day], dated: [response.dated], checked })
    : say("recount.further.mail", { day: [day], checked });
}

const STATES = ["met", "partly", "promised", "refused", "unanswered"] as const satisfies Judgement["state"][];

/** As organisers judge them: how many stand in which way now, and the day of the latest word. */
function demandsRow(judgements: LetterReport["judgements"]): Row[] {
  const last = judgements.at(-1);
  if (last === undefined) return [];
  const latest = new Map(judgements.map(({ judgement }) => [judgement.demand, judgement]));
  const stand = [...latest.values()];
  const comma = say("recount.comma");
  const each = STATES.flatMap((state) => {
    const those = stand.filter((one) => one.state === state);
    if (those.length === 0) return [];
    const days = those.flatMap(({ until }) => until ?? []).sort();
    const count = those.length;
    return days.length === 0
      ? say("recount.further.judged", { count, state })
      : say("recount.further.judged-until", { count, state, days: days.join(comma) });
  });
  const before = judgements.length - stand.length;
  const said = { demands: stand.length, day: [last.day], each: each.join(comma) };
  const value =
    before === 0
      ? say("recount.further.demands", said)
      : say("recount.further.demands-before", { ...said, before });
  return [{ term: say("recount.term.demands"), value }];
}

function registerRow(dealings: LetterReport["dealings"]): Row[] {
  const last = dealings.at(-1);
  if (last === undefined) return [];
  const value = say("recount.further.register", {
    rows: last.rows,
    changes: dealings.length,
    day: [last.day],
  });
  return [{ term: say("recount.term.register"), value }];
}
