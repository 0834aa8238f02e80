/** What the signatories' jobs came to. */
import type { Job, Outcome } from "./signatories/signatory-jobs.ts";

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
};

export type TallyKeeper = { readonly add: (job: Job, outcome: Outcome) => void; readonly tally: () => Tally };

export function keepTally(): TallyKeeper {
  const sum = { enrolled: 0, signed: 0, revised: 0, withdrawn: 0, refused: 0, postedTwice: 0, repeated: 0 };
  const failures = new Map<string, { number: number; message: string }>();
  const counts = {
    enrol: "enrolled",
    sign: "signed",
    revise: "revised",
    withdraw: "withdrawn",
    "try-again": "refused",
  } as const;
  return {
    add(job, outcome) {
      if (!outcome.ok) {
        const name = `${job.act}: ${outcome.code}`;
        failures.set(name, { number: (failures.get(name)?.number ?? 0) + 1, message: outcome.message });
        return;
      }
      sum[counts[job.act]]++;
      sum.repeated += outcome.lost;
      if (job.act === "sign" && job.twice) sum.postedTwice++;
    },
    tally: () => ({ ...sum, failures }),
  };
}
