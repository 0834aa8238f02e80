/** How far the demo is, on standard error: a bar on a terminal, a plain line now and then elsewhere. */
import cliProgress from "cli-progress";

export type Progress = {
  /** A line of its own. Not while the bar is shown. */
  readonly say: (line: string) => void;
  /** Shows the bar for so many signatories, each of whom enrols and signs. */
  readonly begin: (signatories: number, day: string) => void;
  readonly day: (day: string) => void;
  readonly enrolled: () => void;
  readonly signed: () => void;
  /** Takes the bar away; nothing if there is none. */
  readonly end: () => void;
};

export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

const PLAIN_EVERY_MS = 5000;
/** An enrolment is 16 blind signatures, an endorsement one request: so unequal a part of the time left. */
const ENROLMENT_WEIGHT = 10;
const ENDORSEMENT_WEIGHT = 1;

export function createProgress(
  stream: ProgressStream,
  now: () => number = () => performance.now(),
): Progress {
  let bar: cliProgress.SingleBar | null = null;
  let total = 0;
  let enrolled = 0;
  let signed = 0;
  let day = "";
  let began = 0;
  let said = 0;

  const weight = (enrolments: number, endorsements: number): number =>
    enrolments * ENROLMENT_WEIGHT + endorsements * ENDORSEMENT_WEIGHT;

  function facts(): { readonly rate: string; readonly left: string } {
    const seconds = (now() - began) / 1000;
    const done = weight(enrolled, signed);
    if (seconds < 1 || done === 0) return { rate: "-", left: "-" };
    const left = ((weight(total, total) - done) / done) * seconds;
    return { rate: `${(signed / seconds).toFixed(1)}/s`, left: duration(left) };
  }

  function show(last = false): void {
    if (total === 0) return;
    const payload = { day, signed, signatories: total, ...facts() };
    if (bar !== null) {
      bar.update(weight(enrolled, signed), payload);
      return;
    }
    if (!last && now() - said < PLAIN_EVERY_MS) return;
    said = now();
    stream.write(
      `${payload.day}: ${enrolled} enrolled, ${signed} of ${total} signed, ${payload.rate}, ${payload.left} left\n`,
    );
  }

  return {
    say: (line) => void stream.write(`${line}\n`),
    begin(signatories, first) {
      total = signatories;
      day = first;
      began = now();
      said = began;
      if (stream.isTTY !== true) return;
      bar = new cliProgress.SingleBar(
        {
          format: "{day}  {bar}  {signed}/{signatories} signed  {rate}  {left} left",
          stream,
          hideCursor: true,
          barsize: 30,
          fps: 5,
          gracefulExit: false,
        },
        cliProgress.Presets.shades_classic,
      );
      bar.start(weight(total, total), 0, { day, signed, signatories: total, ...facts() });
    },
    day(next) {
      day = next;
      show();
    },
    enrolled() {
      enrolled++;
      show();
    },
    signed() {
      signed++;
      show();
    },
    end() {
      show(true);
      total = 0;
      bar?.stop();
      bar = null;
    },
  };
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
