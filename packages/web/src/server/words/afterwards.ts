/** What became of a letter, in sentences: handed over, answered or not, how its demands stand. */
import { type Day, type DeliveryWay, daysBetween } from "@undersigned/core";
import type { Say, Words } from "@undersigned/messages";
import { selector } from "../../shared/words/selector.ts";
import type { Afterwards, Answer, DemandStanding, Judged } from "../load-afterwards.ts";

export function wayWords(say: Say, how: DeliveryWay): string {
  return say("public.way", { how });
}

/** That it was handed over, and since when there is no answer; one entry a sentence. Empty before it is handed over. */
export function deliveredWords(say: Say, { deliveries, answers }: Afterwards, today: Day): Words[] {
  const days = deliveries.map(({ delivered }) => delivered).sort();
  const [first] = days;
  if (first === undefined) return [];
  const handed = say.rich("public.delivered-on", { day: say.day(first) });
  return [handed, answers.length === 0 ? noAnswerWords(say, first, today) : answeredWords(say, answers)];
}

function noAnswerWords(say: Say, delivered: Day, today: Day): Words {
  const days = Math.max(0, daysBetween(delivered, today));
  return [days === 0 ? say("public.no-answer") : say("public.no-answer-for", { days })];
}

function answeredWords(say: Say, answers: readonly Answer[]): Words {
  const last = answers.at(-1);
  if (last === undefined) return [];
  return say.rich("public.answered", { count: answers.length, day: say.day(answerDay(last)) });
}

/** The day that an answer bears: of its mail, of the source that reports it, or on which it was logged. */
export function answerDay(answer: Answer): Day {
  if (answer.kind === "mail") return answer.record.dated;
  if (answer.kind === "statement") return answer.record.source.day ?? answer.day;
  return answer.day;
}

export function withheldWords(say: Say, { was, day, why }: Extract<Answer, { kind: "withheld" }>): Words {
  if (why === null) return say.rich("public.withheld.unsaid", { was, day: say.day(day) });
  const reason = selector(why.reason);
  return say.rich("public.withheld", { was, day: say.day(day), since: say.day(why.day), reason });
}

/** In a few words, for a list: `Promised by 3 May 2027`. */
export function standingWords(
  say: Say,
  { judgements }: Pick<DemandStanding, "judgements">,
  today: Day,
): Words {
  const [now] = judgements;
  return now === undefined ? [say("public.judged.not-yet")] : judgedWords(say, now, today);
}

export function judgedWords(say: Say, { record }: Pick<Judged, "record">, today: Day): Words {
  if (record.state !== "promised") return [say("public.judged", { state: record.state })];
  const until = record.until as Day;
  const day = say.day(until);
  return until < today
    ? say.rich("public.judged.promise-passed", { day })
    : say.rich("public.judged.promised", { day });
}

/** How a demand's state is coloured: a promise that was not kept in time is no promise any more. */
export function standingTone(
  standing: Pick<DemandStanding, "judgements">,
  today: Day,
): "good" | "bad" | "open" {
  const record = standing.judgements[0]?.record;
  if (record === undefined) return "open";
  if (record.state === "met") return "good";
  if (record.state === "refused" || record.state === "unanswered") return "bad";
  return record.state === "promised" && (record.until as Day) < today ? "bad" : "open";
}
