/** Three of the twelve words, so that what was written down is right before anything depends on it. */
import { say } from "../say.ts";
import { Field } from "./field.tsx";

export const CHECKED_WORDS = ["word0", "word1", "word2"] as const;
export type CheckedWord = (typeof CHECKED_WORDS)[number];

export interface PhraseCheckProps {
  /** Which words, counted from 0. */
  readonly asked: readonly number[];
  readonly typed: Readonly<Record<CheckedWord, string>>;
  readonly errorAt: (field: CheckedWord) => string | null;
  readonly onType: (field: CheckedWord, value: string) => void;
}

export function PhraseCheck({ asked, typed, errorAt, onType }: PhraseCheckProps) {
  return (
    <>
      {CHECKED_WORDS.map((field, i) => (
        <Field
          key={field}
          id={field}
          label={say("ui.word", { n: (asked[i] ?? 0) + 1 })}
          dir="ltr"
          value={typed[field]}
          error={errorAt(field)}
          onType={(value) => onType(field, value)}
        />
      ))}
    </>
  );
}
