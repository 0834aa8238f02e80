/** What comes next, and how board, log and certificate stand, in plain words. */
import { daysBetween } from "@undersigned/core";
import { longDay } from "../../../../shared/words/days.ts";
import { counted, number } from "../../../../shared/words/numbers.ts";
import type { Dashboard } from "../words.ts";

export function Standing({ dashboard }: { readonly dashboard: Dashboard }) {
  const { next, log, storage, certificate, day, first } = dashboard;
  return (
    <>
      <h3>What comes next</h3>
      <ul>
        <li>{nextWords("By a mailbox", next.mailbox, first.reached)}</li>
        {next.vouched !== null && <li>{nextWords("Vouched for", next.vouched, first.reached)}</li>}
      </ul>
      <h3>Board and log</h3>
      <ul>
        <li>{counted(log.size, "entry", "entries")} in the log. Anyone can count again from it.</li>
        <li>{storageWords(storage)}</li>
        <li>{certificateWords(certificate, day)}</li>
      </ul>
    </>
  );
}

function nextWords(kind: string, day: string | null, reached: boolean): string {
  if (day === null) return `${kind}: no batch is to come.`;
  if (!reached)
    return `${kind}: the first batch comes out on ${longDay(day)}, if enough have signed by then.`;
  return `${kind}: the next batch comes out on ${longDay(day)}, if enough are there by then.`;
}

const MB = 1_000_000;
const LITTLE = 500 * MB;

export function storageWords({ bytes, free }: Dashboard["storage"]): string {
  const used = `The board keeps ${sizeOf(bytes)}.`;
  if (free === null) return used;
  const left = `Free: ${sizeOf(free)}.`;
  return free < LITTLE ? `${used} ${left} That is little: tell the operator.` : `${used} ${left}`;
}

function sizeOf(bytes: number): string {
  return bytes < 1000 * MB
    ? `${number(Math.max(1, Math.round(bytes / MB)))} MB`
    : `${number(Math.round(bytes / (1000 * MB)))} GB`;
}

const SOON = 14;

export function certificateWords({ kind, until }: Dashboard["certificate"], today: string): string {
  if (kind === "none")
    return "The board speaks without encryption of its own: only this machine, or a proxy before it, may reach it.";
  if (kind === "proxy" || until === null)
    return "A proxy before the board has the certificate: whether it holds, this page’s address shows.";
  const days = daysBetween(today, until);
  if (days < 0)
    return `The certificate ran out on ${longDay(until)}: browsers refuse the board. Tell the operator now.`;
  const holds = `The certificate holds until ${longDay(until)}.`;
  return days <= SOON ? `${holds} That is soon: tell the operator.` : holds;
}
