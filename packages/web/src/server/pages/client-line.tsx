/** The line in every footer that names the client build and says whether the log states it. */
import type { Day } from "@undersigned/core";
import { Says } from "../../shared/says.tsx";
import { dayWord } from "../../shared/words/days.ts";
import { number } from "../../shared/words/numbers.ts";

export interface ClientLineProps {
  readonly hash: string;
  /** Left out where the page is of no workforce. */
  readonly logged: { readonly index: number; readonly day: Day } | null | undefined;
}

export function ClientLine({ hash, logged }: ClientLineProps) {
  return (
    <p>
      Client build <code>{hash}</code>
      {logged === undefined ? "." : <Says words={loggedWords(logged)} />}
    </p>
  );
}

function loggedWords(logged: NonNullable<ClientLineProps["logged"]> | null) {
  if (logged === null) return [": this log does not state it."];
  return [`: in this log since `, dayWord(logged.day), `, leaf ${number(logged.index)}.`];
}
