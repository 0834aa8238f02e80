/** What came out: the recount from the public files alone, compared with what was done. */
import { httpSource, type Report, recount } from "@undersigned/verify";
import type { Answered } from "./answered/answered-result.ts";
import { type Followed, followedProblems } from "./followed/followed-result.ts";
import { judgeAttempts } from "./judge-attempts.ts";
import type { Attempts } from "./liar/attempts.ts";
import { readCountedKeys } from "./log-leaves.ts";
import type { Plan } from "./plan.ts";
import { perSecond, type Seconds } from "./stages.ts";
import type { Tally } from "./tally.ts";
import type { Registrars } from "./world/registrars.ts";
import type { World } from "./world/world.ts";

/** The last line of standard output. */
export type Result = Partial<Answered> &
  Partial<Followed> & {
    readonly signatories: number;
    /** Class mailbox, by the recount. */
    readonly counted: number;
    readonly withdrawn: number;
    readonly revised: number;
    readonly refused: number;
    readonly postedTwice: number;
    readonly repeated: number;
    /** How many are down and how many dishonest among how many, and how many a signature needs. */
    readonly registrars: {
      readonly number: number;
      readonly quorum: number;
      readonly down: number;
      readonly lying: number;
    };
    /** How many signatories got right tokens of how many registrars, such as `{"3 of 4": 40}`. */
    readonly answered: Readonly<Record<string, number>>;
    /** Keys that the log counts and that are not those of the signatories who should be counted. */
    readonly false_counted: number;
    /**
     * What dishonest registrars tried, by kind (see liar/attempts.ts), and how much of it succeeded. Tried is what was looked
     * at: a request that an honest server answered, or refused for the reason that is there to stop it, an answer that a
     * client checked. Success is measured: a token that a client found right, an honest registrar's signatures, a receipt
     * of the board, a person who is not counted. Empty where no registrar is dishonest.
     */
    readonly attempts: Attempts | Record<string, never>;
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
  /** The keys that are counted. */
  readonly keys: ReadonlySet<string>;
};

export type Confessions = Awaited<ReturnType<Registrars["confess"]>>;

/** Reads every public file over HTTP as anyone else would, and nothing else. */
export async function recountOverHttp(world: World): Promise<Recounted> {
  const files = httpSource(world.files);
  const report = await recount(files, { workforce: world.workforce });
  const letter = report.letters.find((entry) => entry.letter === world.letter);
  return {
    report,
    counted: letter?.counted.mailbox ?? 0,
    withdrawn: letter?.withdrawn.mailbox ?? 0,
    sentence: letter?.sentence ?? "",
    keys: await readCountedKeys(files, world.letter),
  };
}

/** Whether all is as it should be: everybody counted who should be, nobody else, no attempt that succeeded, and others can follow. */
export function isGood(result: Result): boolean {
  const { recount: found, false_counted, attempts } = result;
  const succeeded = Object.values(attempts).some((attempt) => attempt.succeeded > 0);
  return found === "ok" && false_counted === 0 && !succeeded && followedProblems(result).length === 0;
}

export function makeResult(of: {
  readonly world: World;
  /** Null where no letter was answered. */
  readonly further: {
    readonly answered: Answered | null;
    readonly differences: readonly string[];
  } | null;
  /** Null where nobody follows the letter. */
  readonly followed: Followed | null;
  readonly signatories: number;
  readonly plan: Plan;
  readonly tally: Tally;
  readonly recounted: Recounted;
  readonly confessions: Confessions;
  readonly seconds: Seconds;
  readonly firstDay: string;
}): Result {
  const { world, signatories, plan, tally, recounted, seconds, firstDay } = of;
  const { report, counted, withdrawn, keys } = recounted;
  const failures = [
    ...report.failures.map(({ code, leaf, message }) => ({ code, leaf, message })),
    ...[...tally.failures].map(([name, { number, message }]) => ({
      code: "not-as-planned",
      leaf: null,
      message: `${number} times ${name}: ${message}`,
    })),
    ...differences(signatories, plan, tally, recounted),
    ...(of.further?.differences ?? []).map((message) => ({ code: "not-as-planned", leaf: null, message })),
  ];
  const honest = new Set(tally.keys.values());
  const withRole = (role: string): number => world.registrars.filter((one) => one.role === role).length;
  return {
    signatories,
    counted,
    withdrawn,
    revised: tally.revised,
    refused: tally.refused,
    postedTwice: tally.postedTwice,
    repeated: tally.repeated,
    registrars: {
      number: world.registrars.length,
      quorum: world.quorum,
      down: withRole("down"),
      lying: withRole("lying"),
    },
    answered: tally.answered,
    false_counted: [...keys].filter((key) => !honest.has(key)).length,
    attempts: judgeAttempts(
      of.confessions.map(({ registrar, confession }) => ({ identity: registrar.identity, confession })),
      signatories,
      tally,
      keys,
    ),
    ...of.further?.answered,
    ...of.followed,
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
  { counted, withdrawn, keys }: Recounted,
): Result["recount"] & object {
  const planned = (of: "revise" | "withdraw"): number =>
    plan.days.reduce((sum, day) => sum + day[of].length, 0);
  const facts: readonly (readonly [what: string, is: number, shouldBe: number])[] = [
    ["enrolled", tally.enrolled, signatories],
    ["signed", tally.signed, signatories],
    ["revised", tally.revised, planned("revise")],
    ["withdrawn by the recount", withdrawn, planned("withdraw")],
    ["counted by the recount", counted, signatories - planned("withdraw")],
    ["counted by their own key in the log", countedOf(tally, keys), signatories - planned("withdraw")],
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

function countedOf({ keys: made }: Tally, counted: ReadonlySet<string>): number {
  return [...made.values()].filter((key) => counted.has(key)).length;
}
