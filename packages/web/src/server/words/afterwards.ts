/** What became of a letter, in sentences: handed over, answered or not, how its demands stand. */
import { type Day, type DeliveryWay, daysBetween, type WithheldRecord } from "@undersigned/core";
import { dayWord } from "../../shared/words/days.ts";
import { counted } from "../../shared/words/numbers.ts";
import type { Words } from "../../shared/words/words.ts";
import type { Afterwards, Answer, DemandStanding, Judged } from "../load-afterwards.ts";

const WAYS: Readonly<Record<DeliveryWay, string>> = {
  hand: "by hand",
  mail: "by mail",
  post: "by post",
};

export function wayWords(how: DeliveryWay): string {
  return WAYS[how];
}

/** That it was handed over, and since when there is no answer; one entry a sentence. Empty before it is handed over. */
export function deliveredWords({ deliveries, answers }: Afterwards, today: Day): Words[] {
  const days = deliveries.map(({ delivered }) => delivered).sort();
  const [first] = days;
  if (first === undefined) return [];
  const handed: Words = ["Delivered on ", dayWord(first), "."];
  return [handed, answers.length === 0 ? noAnswerWords(first, today) : answeredWords(answers)];
}

function noAnswerWords(delivered: Day, today: Day): Words {
  const days = Math.max(0, daysBetween(delivered, today));
  if (days === 0) return ["No answer yet."];
  return [`No answer for ${counted(days, "day", "days")}.`];
}

function answeredWords(answers: readonly Answer[]): Words {
  const [first] = answers;
  if (first === undefined) return [];
  if (answers.length === 1) return ["There is an answer of ", dayWord(answerDay(first)), "."];
  const last = answers.at(-1) as Answer;
  return [`There are ${answers.length} answers, the last of `, dayWord(answerDay(last)), "."];
}

/** The day that an answer bears: of its mail, of the source that reports it, or on which it was logged. */
export function answerDay(answer: Answer): Day {
  if (answer.kind === "mail") return answer.record.dated;
  if (answer.kind === "statement") return answer.record.source.day ?? answer.day;
  return answer.day;
}

const REASONS: Readonly<Record<WithheldRecord["reason"], string>> = {
  "names-people": "it names people who have not agreed to be named",
  "endangers-people": "it endangers people",
  unlawful: "it may not be published",
};

export function withheldWords(answer: Extract<Answer, { kind: "withheld" }>): Words {
  const what = answer.was === "mail" ? "An answer by mail" : "A statement";
  const stood: Words = [`${what} was logged on `, dayWord(answer.day)];
  if (answer.why === null) return [...stood, ". Its text is not among the public files."];
  return [
    ...stood,
    ". Organisers have withheld its text on ",
    dayWord(answer.why.day),
    `, because ${REASONS[answer.why.reason]}. Its hash stays in the log: whoever has the text can show that it is this one.`,
  ];
}

/** In a few words, for a list: `Promised by 3 May 2027`. */
export function standingWords({ judgements }: Pick<DemandStanding, "judgements">, today: Day): Words {
  const [now] = judgements;
  return now === undefined ? ["Not judged yet"] : judgedWords(now, today);
}

export function judgedWords({ record }: Pick<Judged, "record">, today: Day): Words {
  switch (record.state) {
    case "met":
      return ["Met"];
    case "partly":
      return ["Partly met"];
    case "refused":
      return ["Refused"];
    case "unanswered":
      return ["Unanswered"];
    case "promised": {
      const until = record.until as Day;
      return until < today
        ? ["Promised by ", dayWord(until), "; that day has passed"]
        : ["Promised by ", dayWord(until)];
    }
  }
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
