/**
 * Times of requests to a running registrar by class of mailbox, and of a following request of the same client. The
 * classes come in an order drawn at random, so that whatever else the machine does falls on all alike.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./compare.ts";
import { CLASSES, type MailboxClass, type Stage } from "./stage.ts";

/** `control`: eligible mailboxes whose requests are held up on purpose, to see that the measurement sees it. */
export type Measured = MailboxClass | "control";
export type RequestKind = "reservation" | "enrolment";

export type Times = { readonly first: number[]; readonly following: number[] };
export type Samples = Readonly<Record<Measured, Times>>;

export type Plan = {
  readonly kind: RequestKind;
  /** Requests for each class. */
  readonly each: number;
  readonly controls: number;
  /** By how much they are held up, in microseconds, given the median of a request's time while warming up. */
  readonly holdUp: (medianMicroseconds: number) => number;
};

const EXPECTED = { reservation: 200, enrolment: 403 } as const;
const PATHS = { reservation: "/v1/reservations", enrolment: "/v1/enrolments" } as const;
const WARM_UP = 300;

/** In microseconds. Throws if an answer differs from the others in a single byte. */
export async function measure(stage: Stage, plan: Plan): Promise<Samples> {
  const { kind, each, controls } = plan;
  const samples = Object.fromEntries(
    [...CLASSES, "control" as const].map((name) => [name, { first: [], following: [] }]),
  ) as unknown as Samples;
  const order = shuffled([
    ...CLASSES.flatMap((name) => Array<Measured>(each).fill(name)),
    ...Array<Measured>(controls).fill("control"),
  ]);
  let answer: string | undefined;
  let holdUpFor = 0;
  const once = async (of: Measured): Promise<[number, number]> => {
    const pool = stage.mailboxes[of === "control" ? "eligible" : of];
    const body = stage[kind](pool[Math.floor(Math.random() * pool.length)]!);
    const begin = performance.now();
    if (of === "control") spin(holdUpFor);
    const reply = await stage.send("POST", PATHS[kind], body);
    const between = performance.now();
    await stage.send("GET", "/v1/registrar");
    const end = performance.now();
    answer ??= reply.text;
    if (reply.status !== EXPECTED[kind] || reply.text !== answer) {
      throw new Error(`a request of class ${of} was answered otherwise: ${reply.status}`);
    }
    return [(between - begin) * 1000, (end - between) * 1000];
  };
  const before: number[] = [];
  for (let i = 0; i < WARM_UP; i++) {
    before.push((await once(CLASSES[i % CLASSES.length]!))[0]);
    await pause(kind);
  }
  holdUpFor = plan.holdUp(median(before.slice(WARM_UP / 2)));
  for (const of of order) {
    const [first, following] = await once(of);
    samples[of].first.push(first);
    samples[of].following.push(following);
    await pause(kind);
  }
  return samples;
}

/** Reservations no faster than mails are sent, and at no fixed place in the beat of the mail queue. */
async function pause(kind: RequestKind): Promise<void> {
  if (kind === "reservation") await sleep(20 + Math.random() * 16);
}

function spin(microseconds: number): void {
  const end = performance.now() + microseconds / 1000;
  while (performance.now() < end);
}

function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}
