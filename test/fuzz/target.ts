/** What is fuzzed: something that takes an attacker's bytes and must answer, or throw an error of its own. */
import type { SeededRandom } from "../kit/seeded-random.ts";

export interface Target {
  /** Also the name of its folder of regressions. */
  readonly name: string;
  /** Share of all inputs, in parts of the targets' sum. */
  readonly weight: number;
  /** The longest input; what is longer is another check's business, that of the reader's limit. */
  readonly most: number;
  /** Inputs that it takes: without them only its first line would ever be tried. */
  readonly seeds: readonly Uint8Array[];
  /** Another input. */
  make(random: SeededRandom): Uint8Array;
  /** True if it takes the input, false if it refuses it with a typed error of its kind. Throws on a finding. */
  takes(input: Uint8Array): boolean | Promise<boolean>;
}

/** A text that some inputs hold: an error that repeats what it was given would repeat it. */
export const PLANTED = "zqplantedqz";

/** Errors that have a stable code of their package; anything else that is thrown is a finding. */
export interface TypedError {
  new (...args: never[]): Error & { readonly code: string };
}

/** Whether `work` takes its input; false where it answers with false or one of `errors`. Whatever else is thrown is a finding. */
export async function takes(errors: readonly TypedError[], work: () => unknown): Promise<boolean> {
  try {
    return (await work()) !== false;
  } catch (error) {
    if (!errors.some((type) => error instanceof type)) throw error;
    const { message } = error as Error;
    if (message.includes(PLANTED)) throw new Error(`repeats its input: ${message}`);
    return false;
  }
}
