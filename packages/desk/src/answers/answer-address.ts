/** Where a letter is answered (decision 30). */
import { answerLocalPart, type Base64url } from "@undersigned/core";
import type { Desk } from "../desk.ts";

/** Null where this board takes no answers by mail. */
export function answerAddress({ answersDomain }: Desk, letter: Base64url): string | null {
  return answersDomain === null ? null : `${answerLocalPart(letter)}@${answersDomain}`;
}

const ADDRESS = /^(answer-[a-z2-7]{20})@(.+)$/;

/** The local part of an answer address of this board, else null. Whoever connects has written it. */
export function answerLocalPartOf({ answersDomain }: Desk, address: string): string | null {
  const match = ADDRESS.exec(address.toLowerCase());
  return match !== null && match[2] === answersDomain ? match[1]! : null;
}
