/**
 * What dishonest registrars tried, and what came of it: their own account, and for what they did to people what those
 * people's clients and the log say.
 */
import { ATTEMPT_KINDS, type Attempts, type Confession, noAttempts, type Served } from "./liar/attempts.ts";
import { mailboxOf } from "./sample/sample-workforce.ts";
import type { Tally } from "./tally.ts";

/** With these a client leaves out a registrar whose answer it has looked at and found false. */
const FOUND_FALSE: ReadonlySet<string> = new Set([
  "answer-malformed",
  "bad-length",
  "rsa-out-of-range",
  "signature-invalid",
]);

/**
 * A false answer was tried if the person's client looked at it, and has succeeded if it found the tokens of this
 * registrar (told apart by `identity`) right. Failing for somebody has succeeded if that person is not counted in the end;
 * a second set of signatures, if the second phrase reached the quorum. `counted`: the keys in the log. `signatories`:
 * people 1 to this number; whoever else came is a visitor and not judged.
 */
export function judgeAttempts(
  confessions: readonly { readonly identity: string; readonly confession: Confession }[],
  signatories: number,
  tally: Pick<Tally, "enrolments" | "keys" | "enrolledTwice">,
  counted: ReadonlySet<string>,
): Attempts | Record<string, never> {
  if (confessions.length === 0) return {};
  const people = new Map(Array.from({ length: signatories }, (_, i) => [mailboxOf(i + 1), i + 1]));
  const tried = noAttempts();
  const succeeded = noAttempts();

  /** Null for what is no attempt: nobody looked at it. */
  function hasSucceeded({ kind, mailbox }: Served, identity: string): boolean | null {
    const person = people.get(mailbox);
    if (person === undefined) return null;
    switch (kind) {
      case "wrong-signature":
      case "other-key": {
        const enrolment = tally.enrolments.get(person);
        if (enrolment?.by.includes(identity)) return true;
        return FOUND_FALSE.has(enrolment?.failed[identity] ?? "") ? false : null;
      }
      case "failing-for-one": {
        const key = tally.keys.get(person);
        return key === undefined || !counted.has(key);
      }
      default:
        return tally.enrolledTwice.has(person);
    }
  }

  for (const { identity, confession } of confessions) {
    for (const kind of ATTEMPT_KINDS) {
      tried[kind] += confession.tried[kind];
      succeeded[kind] += confession.succeeded[kind];
    }
    for (const served of confession.served) {
      const success = hasSucceeded(served, identity);
      if (success !== null) tried[served.kind]++;
      if (success === true) succeeded[served.kind]++;
    }
  }
  return Object.fromEntries(
    ATTEMPT_KINDS.map((kind) => [kind, { tried: tried[kind], succeeded: succeeded[kind] }]),
  ) as Attempts;
}
