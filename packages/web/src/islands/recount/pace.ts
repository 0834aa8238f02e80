/** How fast a recount goes and how long it will take, in words. */
import { say } from "../say.ts";

/** Before that, a rate says nothing. */
const SETTLED_MS = 1000;

export interface Progress {
  readonly leaves: number;
  /** 0 while it is not known. */
  readonly size: number;
}

export function paceInWords({ leaves, size }: Progress, elapsedMs: number): string {
  if (size === 0) return say("recount.pace.first");
  if (elapsedMs < SETTLED_MS || leaves === 0) return say("recount.pace.done", { leaves, size });
  if (leaves >= size) return say("recount.pace.comparing", { leaves, size });
  const perSecond = (leaves * 1000) / elapsedMs;
  const rate = Math.round(perSecond);
  const seconds = Math.max(1, Math.ceil((size - leaves) / perSecond));
  if (seconds < 60) return say("recount.pace.seconds", { leaves, size, rate, seconds });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return say("recount.pace.minutes", { leaves, size, rate, minutes });
  return say("recount.pace.hours", { leaves, size, rate, hours: Math.ceil(minutes / 60) });
}
