/**
 * `npm run timing`: 10,000 requests for each class of mailbox, for reservations and for enrolments with a wrong code, with
 * a following request each. Some twenty-five minutes. Prints a line of JSON for each class and request and exits with 1 if a class can be
 * told from the eligible ones, or if the control cannot. `npm run timing -- 1000` takes another number.
 *
 * The bounds are beyond chance: with 10,000 and 10,000 of one distribution, |A - 1/2| reaches 0.03 with probability
 * 2 * 10^-13, and D reaches 0.03 with 3 * 10^-4, at the twelve comparisons together 3 * 10^-3.
 */
import { measure, type Plan } from "./measure.ts";
import { faultsOf, rowsOf } from "./report.ts";
import { setStage } from "./stage.ts";

const each = Number(process.argv[2] ?? 10_000);
const bounds = { a: 0.03, d: 0.03 };

const stage = await setStage();
const faults: string[] = [];
try {
  for (const kind of ["reservation", "enrolment"] as const) {
    const plan: Plan = { kind, each, controls: each / 4, holdUp: () => 50 };
    const rows = rowsOf(plan, await measure(stage, plan), bounds);
    for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
    faults.push(...faultsOf(rows));
  }
  process.stdout.write(`${JSON.stringify({ mails: await stage.mailsReceived(), bounds, faults })}\n`);
} finally {
  await stage.close();
}
process.exitCode = faults.length === 0 ? 0 : 1;
