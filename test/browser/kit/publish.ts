/** Letters that come after the world's first: published, unlisted or not, and made public, as an organiser's command does it. */
import {
  createLinkKey,
  encodeCanonical,
  type JsonValue,
  type LetterRequest,
  linkKeyText,
  sealLetter,
  signObject,
} from "@undersigned/core";
import type { Site } from "./site.ts";

export type PublishedLetter = {
  readonly letter: string;
  /** As the link's fragment has it; null for a letter that is public at once. */
  readonly linkKey: string | null;
};

/** On the next slot; its text is the world's for that slot. */
export async function publishNext(
  { world, linkKeys }: Site,
  { unlisted }: { readonly unlisted: boolean },
): Promise<PublishedLetter> {
  const { letters } = await world.view();
  const before = [...letters.values()].at(-1)!.leaf as LetterRequest["leaf"];
  const slot = before.slot + 1;
  const request = world.letterRequest(slot, { ...world.letterRequest(slot, null), leaf: before });
  const { letter } = request.leaf;
  const key = unlisted ? createLinkKey() : null;
  const file = encodeCanonical(request.manifest as unknown as JsonValue);
  const sealed = key === null ? null : await sealLetter(file, key, { workforce: world.workforce, letter });
  await post(`${world.files}v1/letters`, { ...request, unlisted: sealed } as unknown as JsonValue);
  if (key !== null) linkKeys.set(letter, key);
  (world.letters as string[])[slot] = letter;
  return { letter, linkKey: key === null ? null : linkKeyText(key) };
}

/** By the key that opened it. */
export async function reveal({ world }: Site, letter: string): Promise<void> {
  const { workforce, opener } = world;
  const request = signObject({ type: "reveal-request" as const, v: 1 as const, workforce, letter }, opener);
  await post(`${world.files}v1/reveals`, request as unknown as JsonValue);
}

async function post(url: string, body: JsonValue): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
  });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}
