/**
 * A letter as schema.org microdata: data in the page itself, since pages that are read have no script. Its authors are said in words:
 * no person is named, and an organisation has not written it.
 */
import { hasNumber } from "@undersigned/messages";
import { letterPage } from "../../shared/addresses.ts";
import { useSay } from "../../shared/speech.ts";
import { absoluteAt } from "./absolute.ts";
import type { PassedOn } from "./public-letter.ts";

/** Of the element that holds the letter, whose heading has `itemprop="headline"`. */
export const microdata = { itemscope: true, itemtype: "https://schema.org/CreativeWork" } as const;

export function Microdata({ of }: { readonly of: PassedOn }) {
  const say = useSay();
  const { workforce, letter, manifest, tally, board } = of;
  return (
    <>
      <meta itemprop="url" content={absoluteAt(board, say)(letterPage(workforce, letter))} />
      <meta itemprop="genre" content="open letter" />
      <meta itemprop="inLanguage" content={manifest.language} />
      <meta itemprop="dateCreated" content={manifest.opens} />
      <meta itemprop="author" content={say("ways.author", { employer: tally.employer })} />
      {hasNumber(tally) && (
        <span itemprop="interactionStatistic" itemscope itemtype="https://schema.org/InteractionCounter">
          <meta itemprop="interactionType" content="https://schema.org/EndorseAction" />
          <meta itemprop="userInteractionCount" content={String(tally.counted.mailbox)} />
        </span>
      )}
    </>
  );
}
