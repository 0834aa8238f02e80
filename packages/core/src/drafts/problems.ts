/** What is wrong with a draft, in words for whoever writes it: every problem at once, each with its field. */
import { isDay } from "../day.ts";
import { checkText } from "../formats/text.ts";

export interface Problem {
  /** Name of the field, as `closes` or `demand:pay`; empty for the whole. */
  readonly field: string;
  /** Stable, for programs. */
  readonly code: string;
  /** A sentence. It never repeats what was typed. */
  readonly message: string;
  /** False for a warning: the draft makes a manifest all the same. */
  readonly stops: boolean;
}

export class Problems {
  readonly all: Problem[] = [];

  stop(field: string, code: string, message: string): void {
    this.add({ field, code, message, stops: true });
  }

  warn(field: string, code: string, message: string): void {
    this.add({ field, code, message, stops: false });
  }

  /** Several parts of a field may have the same fault: it is said once. */
  private add(problem: Problem): void {
    const said = this.all.some(
      ({ field, message }) => field === problem.field && message === problem.message,
    );
    if (!said) this.all.push(problem);
  }

  get stopped(): boolean {
    return this.all.some(({ stops }) => stops);
  }

  /** Text that must be there. `what` begins a sentence: "The title". Returns the text trimmed, which is what is published. */
  text(field: string, typed: string, what: string, max: number, options: TextOptions = {}): string {
    const { min = 1, lines = false } = options;
    const value = lines ? typed.replaceAll("\t", "    ").trim() : typed.trim();
    if (value === "" && min > 0) {
      this.stop(field, "missing", `${what} is missing.`);
      return value;
    }
    const problem = checkText(value, min, max, lines);
    if (problem === null) return value;
    if (/^text of /.test(problem)) {
      this.stop(field, "length", `${what} may have ${max.toLocaleString("en")} characters at most.`);
    } else if (!lines && value.includes("\n")) {
      this.stop(field, "lines", `${what} must stand on one line.`);
    } else {
      this.stop(field, "characters", `${what} holds characters that nobody can see: take them out.`);
    }
    return value;
  }

  /** A day that must be there; null where it is none. */
  day(field: string, typed: string, what: string): string | null {
    if (isDay(typed)) return typed;
    if (typed === "") this.stop(field, "missing", `${what} is missing.`);
    else this.stop(field, "not-a-day", `${what} must be a day of the calendar, as 2030-01-31.`);
    return null;
  }

  /** A number that must be there; null where it does not fit. */
  number(field: string, typed: number | null, what: string, min: number, max: number): number | null {
    if (typed !== null && typed >= min && typed <= max) return typed;
    if (typed === null) this.stop(field, "missing", `${what} is missing.`);
    else
      this.stop(
        field,
        "range",
        `${what} must be from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}.`,
      );
    return null;
  }
}

interface TextOptions {
  /** 0 where it may be empty. */
  readonly min?: number;
  readonly lines?: boolean;
}
