/** What the signatories' jobs came to. */
import { ENROLLED_TWICE, type Enrolled, type Job, type Outcome } from "./signatories/signatory-jobs.ts";

export type Tally = {
  readonly enrolled: number;
  readonly signed: number;
  readonly revised: number;
  readonly withdrawn: number;
  /** Second enrolments of one mailbox that were refused, as they must be. */
  readonly refused: number;
  /** Endorsements that were posted twice and got the same receipt. */
  readonly postedTwice: number;
  /** Answers that were lost, and the same sent again. */
  readonly repeated: number;
  /** Jobs that went wrong, by `act: code`, with a sentence of one of them. */
  readonly failures: ReadonlyMap<string, { readonly number: number; readonly message: string }>;
  /** By person, of those who tried. */
  readonly enrolments: ReadonlyMap<number, Enrolled>;
  /** How many people have tokens of how many registrars: `3 of 4` → 40. */
  readonly answered: Readonly<Record<string, number>>;
  /** By person, the public key of each signature that was made and not taken back. */
  readonly keys: ReadonlyMap<number, string>;
  /** Who could enrol a second time, which must be nobody. */
  readonly enrolledTwice: ReadonlySet<number>;
};

export type TallyKeeper = { readonly add: (job: Job, outcome: Outcome) => void; readonly tally: () => Tally };

export function keepTally(): TallyKeeper {
  const sum = { enrolled: 0, signed: 0, revised: 0, withdrawn: 0, refused: 0, postedTwice: 0, repeated: 0 };
  const failures = new Map<string, { number: number; message: string }>();
  const enrolments = new Map<number, Enrolled>();
  const answered = new Map<string, number>();
  const keys = new Map<number, string>();
  const enrolledTwice = new Set<number>();
  const counts = {
    enrol: "enrolled",
    sign: "signed",
    revise: "revised",
    withdraw: "withdrawn",
    "try-again": "refused",
  } as const;
  return {
    add(job, outcome) {
      if (outcome.enrolment !== undefined) enrolments.set(job.person, outcome.enrolment);
      if (!outcome.ok) {
        const name = `${job.act}: ${outcome.code}`;
        if (outcome.code === ENROLLED_TWICE) enrolledTwice.add(job.person);
        failures.set(name, { number: (failures.get(name)?.number ?? 0) + 1, message: outcome.message });
        return;
      }
      sum[counts[job.act]]++;
      sum.repeated += outcome.lost;
      if (job.act === "sign" && job.twice) sum.postedTwice++;
      if (outcome.key !== undefined) keys.set(job.person, outcome.key);
      if (job.act === "withdraw") keys.delete(job.person);
      if (outcome.enrolment !== undefined) {
        const { by, of } = outcome.enrolment;
        const share = `${by.length} of ${of}`;
        answered.set(share, (answered.get(share) ?? 0) + 1);
      }
    },
    tally: () => ({
      ...sum,
      failures,
      enrolments,
      answered: Object.fromEntries([...answered].sort()),
      keys,
      enrolledTwice,
    }),
  };
}
