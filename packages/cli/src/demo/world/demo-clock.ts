/**
 * The demo's clock: moments are the machine's, because codes are good for minutes; days are the demo's own, and it moves
 * them between one batch and the next.
 */
import type { Clock } from "@undersigned/service";

export class DemoClock implements Clock {
  #day: string;

  constructor(day: string) {
    this.#day = day;
  }

  now(): number {
    return Date.now();
  }

  day(): string {
    return this.#day;
  }

  moveTo(day: string): void {
    if (day < this.#day) throw new RangeError("Days do not go back.");
    this.#day = day;
  }
}
