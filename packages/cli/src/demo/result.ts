/** What came out: the recount from the public files alone, compared with what was done. */
import { httpSource, type Report, recount } from "@undersigned/verify";
import type { Plan } from "./plan.ts";
import { perSecond, type Seconds } from "./stages.ts";
import type { Tally } from "./tally.ts";
import type { World } from "./world/world.ts";

/** The last line of standard output. */
export type Result = {
  readonly signatories: number;
  /** Class mailbox, by the recount. */
  readonly counted: number;
  readonly withdrawn: number;
  readonly revised: number;
  readonly refused: number;
  readonly postedTwice: number;
  readonly repeated: number;
  /** "ok", or what the recount found and what else was not as planned. */
  readonly recount:
    | "ok"
    | readonly { readonly code: string; readonly leaf: number | null; readonly message: string }[];
  readonly seconds: Seconds;
  readonly rates: {
    readonly enrolmentsPerSecond: number;
    readonly endorsementsPerSecond: number;
    readonly recountPerSecond: number;
  };
  readonly days: { readonly first: string; readonly last: string };
  readonly board: string;
  readonly workforce: string;
  readonly letter: string;
};

export type Recounted = {
  readonly report: Report;
  readonly counted: number;
  readonly withdrawn: number;
  readonly sentence: string;
};

/** Reads every public file over HTTP as anyone else would, and nothing else. */
export async function recountOverHttp(world: World): Promise<Recounted> {
  const report = await recount(httpSource(world.files), { workforce: world.workforce });
  const letter = report.letters.find((entry) => entry.letter === world.letter);
  return {
    report,
    counted: letter?.counted.mailbox ?? 0,
    withdrawn: letter?.withdrawn.mailbox ?? 0,
    sentence: letter?.sentence ?? "",
  };
}

export function makeResult(of: {
  readonly world: World;
  readonly signatories: number;
  readonly plan: Plan;
  readonly tally: Tally;
  readonly recounted: Recounted;
  readonly seconds: Seconds;
  readonly firstDay: string;
}): Result {
  const { world, signatories, plan, tally, seconds, firstDay } = of;
  const { report, counted, withdrawn } = of.recounted;
  const failures = [
    ...report.failures.map(({ code, leaf, message }) => ({ code, leaf, message })),
    ...[...tally.failures].map(([name, { number, message }]) => ({
      code: "not-as-planned",
      leaf: null,
      message: `${number} times ${name}: ${message}`,
    })),
    ...differences(signatories, plan, tally, counted, withdrawn),
  ];
  return {
    signatories,
    counted,
    withdrawn,
    revised: tally.revised,
    refused: tally.refused,
    postedTwice: tally.postedTwice,
    repeated: tally.repeated,
    recount: report.ok && failures.length === 0 ? "ok" : failures,
    seconds,
    rates: {
      enrolmentsPerSecond: perSecond(tally.enrolled, seconds.enrol),
      endorsementsPerSecond: perSecond(tally.signed, seconds.sign),
      recountPerSecond: perSecond(counted + withdrawn, seconds.recount),
    },
    days: { first: firstDay, last: world.clock.day() },
    board: world.board,
    workforce: world.workforce,
    letter: world.letter,
  };
}

/** Everything that the plan fixes, against what was done and what the files say. */
function differences(
  signatories: number,
  plan: Plan,
  tally: Tally,
  counted: number,
  withdrawn: number,
): Result["recount"] & object {
  const planned = (of: "revise" | "withdraw"): number =>
    plan.days.reduce((sum, day) => sum + day[of].length, 0);
  const facts: readonly (readonly [what: string, is: number, shouldBe: number])[] = [
    ["enrolled", tally.enrolled, signatories],
    ["signed", tally.signed, signatories],
    ["revised", tally.revised, planned("revise")],
    ["withdrawn by the recount", withdrawn, planned("withdraw")],
    ["counted by the recount", counted, signatories - planned("withdraw")],
    ["refused a second time", tally.refused, plan.triesAgain.size],
    ["posted twice", tally.postedTwice, plan.postsTwice.size],
    ["lost and repeated", tally.repeated, plan.losesEnrolment.size + plan.losesEndorsement.size],
  ];
  return facts
    .filter(([, is, shouldBe]) => is !== shouldBe)
    .map(([what, is, shouldBe]) => ({
      code: "not-as-planned",
      leaf: null,
      message: `${is} were ${what}, and ${shouldBe} should have been.`,
    }));
}
