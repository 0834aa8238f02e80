/** What is wrong with a draft, for whoever writes it: every problem at once, each with its field. */
import { isDay } from "../day.ts";
import { checkText } from "../formats/text.ts";
import type { ProblemPart } from "./problem-parts.ts";
import { PROBLEM_SENTENCES, type ProblemCode, type ProblemValues } from "./problem-sentences.ts";

interface ProblemOf<C extends ProblemCode> {
  /** Name of the field, as `closes` or `demand:pay`; empty for the whole. */
  readonly field: string;
  readonly code: C;
  readonly values: ProblemValues<C>;
  /** A sentence in English. It never repeats what was typed. */
  readonly message: string;
  /** False for a warning: the draft makes a manifest all the same. */
  readonly stops: boolean;
}

/** One of these, so that `code` tells what `values` are. */
export type Problem = { readonly [C in ProblemCode]: ProblemOf<C> }[ProblemCode];

type Given<C extends ProblemCode> = Parameters<(typeof PROBLEM_SENTENCES)[C]>;

export class Problems {
  readonly all: Problem[] = [];

  stop<C extends ProblemCode>(field: string, code: C, ...values: Given<C>): void {
    this.add(field, code, values, true);
  }

  warn<C extends ProblemCode>(field: string, code: C, ...values: Given<C>): void {
    this.add(field, code, values, false);
  }

  /** Several parts of a field may have the same fault: it is said once. */
  private add<C extends ProblemCode>(field: string, code: C, given: Given<C>, stops: boolean): void {
    const sentence = PROBLEM_SENTENCES[code] as (...of: Given<C>) => string;
    const message = sentence(...given);
    const said = this.all.some((problem) => problem.field === field && problem.message === message);
    if (!said) this.all.push({ field, code, values: given[0] ?? {}, message, stops } as Problem);
  }

  get stopped(): boolean {
    return this.all.some(({ stops }) => stops);
  }

  /** Text that must be there. Returns it trimmed, which is what is published. */
  text(field: string, typed: string, part: ProblemPart, most: number, options: TextOptions = {}): string {
    const { min = 1, lines = false } = options;
    const value = lines ? typed.replaceAll("\t", "    ").trim() : typed.trim();
    if (value === "" && min > 0) {
      this.stop(field, "missing", { part });
      return value;
    }
    const problem = checkText(value, min, most, lines);
    if (problem === null) return value;
    if (/^text of /.test(problem)) this.stop(field, "too-long", { part, most });
    else if (!lines && value.includes("\n")) this.stop(field, "several-lines", { part });
    else this.stop(field, "unseen-characters", { part });
    return value;
  }

  /** A day that must be there; null where it is none. */
  day(field: string, typed: string, part: ProblemPart): string | null {
    if (isDay(typed)) return typed;
    this.stop(field, typed === "" ? "missing" : "not-a-day", { part });
    return null;
  }

  /** A number that must be there; null where it does not fit. */
  number(field: string, typed: number | null, part: ProblemPart, least: number, most: number): number | null {
    if (typed !== null && typed >= least && typed <= most) return typed;
    if (typed === null) this.stop(field, "missing", { part });
    else this.stop(field, "out-of-range", { part, least, most });
    return null;
  }
}

interface TextOptions {
  /** 0 where it may be empty. */
  readonly min?: number;
  readonly lines?: boolean;
}
