/** What comes next, and how board, log and certificate stand, in plain words. */
import { daysBetween } from "@undersigned/core";
import { say } from "../../../say.ts";
import type { Dashboard } from "../words.ts";

export function Standing({ dashboard }: { readonly dashboard: Dashboard }) {
  const { next, log, storage, certificate, day, first } = dashboard;
  return (
    <>
      <h3>{say("desk-letters.what-comes-next")}</h3>
      <ul>
        <li>{nextWords("mailbox", next.mailbox, first.reached)}</li>
        {next.vouched !== null && <li>{nextWords("vouched", next.vouched, first.reached)}</li>}
      </ul>
      <h3>{say("desk-letters.board-and-log")}</h3>
      <ul>
        <li>{say("desk-letters.entries-in-the-log", { count: log.size })}</li>
        <li>{storageWords(storage)}</li>
        <li>{certificateWords(certificate, day)}</li>
      </ul>
    </>
  );
}

function nextWords(kind: "mailbox" | "vouched", day: string | null, reached: boolean): string {
  if (day === null) return say("desk-letters.no-batch", { kind });
  return say("desk-letters.next-batch", { kind, reached: reached ? "yes" : "no", day: say.day(day) });
}

const MB = 1_000_000;
const LITTLE = 500 * MB;

export function storageWords({ bytes, free }: Dashboard["storage"]): string {
  const used = sizeOf(bytes);
  if (free === null) return say("desk-letters.storage", { used });
  return free < LITTLE
    ? say("desk-letters.storage-little", { used, free: sizeOf(free) })
    : say("desk-letters.storage-free", { used, free: sizeOf(free) });
}

function sizeOf(bytes: number): string {
  return bytes < 1000 * MB
    ? `${say.number(Math.max(1, Math.round(bytes / MB)))} MB`
    : `${say.number(Math.round(bytes / (1000 * MB)))} GB`;
}

const SOON = 14;

export function certificateWords({ kind, until }: Dashboard["certificate"], today: string): string {
  if (kind === "none") return say("desk-letters.the-board-speaks-without-encryption");
  if (kind === "proxy" || until === null) return say("desk-letters.a-proxy-before-the-board");
  const days = daysBetween(today, until);
  if (days < 0) return say("desk-letters.certificate-over", { day: say.day(until) });
  return days <= SOON
    ? say("desk-letters.certificate-soon", { day: say.day(until) })
    : say("desk-letters.certificate-holds", { day: say.day(until) });
}
