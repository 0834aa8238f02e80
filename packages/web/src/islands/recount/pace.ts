/** How fast a recount goes and how long it will take, in words. */
const number = new Intl.NumberFormat("en-GB");
/** Before that, a rate says nothing. */
const SETTLED_MS = 1000;

export interface Progress {
  readonly leaves: number;
  /** 0 while it is not known. */
  readonly size: number;
}

export function paceInWords({ leaves, size }: Progress, elapsedMs: number): string {
  if (size === 0) return "Reading the first files.";
  const done = `${number.format(leaves)} of ${number.format(size)} entries checked`;
  if (elapsedMs < SETTLED_MS || leaves === 0) return `${done}.`;
  const rate = (leaves * 1000) / elapsedMs;
  if (leaves >= size) return `${done}: comparing the numbers.`;
  return `${done}, ${number.format(Math.round(rate))} a second, ${timeLeft((size - leaves) / rate)} left.`;
}

function timeLeft(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) return `about ${whole} ${whole === 1 ? "second" : "seconds"}`;
  const minutes = Math.ceil(whole / 60);
  if (minutes < 120) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return `about ${Math.ceil(minutes / 60)} hours`;
}
