import type { Clock } from "@undersigned/service";

export const TODAY = "2031-04-10";

/** Days and moments move apart, as in a demonstration. */
export class TestClock implements Clock {
  time = Date.UTC(2031, 3, 10, 9, 1);
  today = TODAY;
  now(): number {
    return this.time;
  }
  day(): string {
    return this.today;
  }
  pass(minutes: number): void {
    this.time += minutes * 60_000;
  }
}
