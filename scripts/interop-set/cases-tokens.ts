/** Broken copies: tokens (PROTOCOL §4 rule 7, §5). */
import {
  bytesToBigInt,
  decodeBase64url,
  type EndorsementLeaf,
  encodeBase64url,
  type LetterRef,
} from "@undersigned/core";
import { type BrokenCase, flippedText, type World } from "./broken-case.ts";
import { endorsement, keyOf, NOBODY, PERSON } from "./change-helpers.ts";
import { type Forgery, forgeToken } from "./forged-tokens.ts";
import type { SetBuilder } from "./set-builder.ts";
import type { Change, SmallSet } from "./small-set.ts";
import { toBytes } from "./test-keys.ts";
import { madeUp } from "./texts.ts";

export function tokenCases({ keys, valid }: World): BrokenCase[] {
  /** The second of the two tokens, which are then those of registrars 0 and 1, is another one. */
  const forged = (of: (set: SmallSet) => Partial<Forgery> & { slotKey?: string }) =>
    endorsement((leaf, set) => {
      const { builder, letters } = set;
      const { slotKey = leaf.key, ...forgery } = of(set);
      leaf.tokens = [
        builder.token(PERSON, 0, letters.A),
        forgeToken(builder, slotKey, 1, { signer: 1, keyOf: letters.A, ...forgery }),
      ];
    });
  const invalid = (name: string, why: string, change: Change): BrokenCase => ({
    name: `token-${name}`,
    why,
    change,
    expect: ["token-invalid"],
    follows: ["closing-count-wrong", "count-inflated"],
  });
  const signature = (edit: (signature: string, set: SmallSet, registrar: number) => string) =>
    endorsement((leaf, set) => {
      const number = keys.registrars.findIndex(({ publicKey }) => publicKey === leaf.tokens[1]!.registrar);
      leaf.tokens[1]!.signature = edit(leaf.tokens[1]!.signature, set, number);
    });
  return [
    {
      name: "token-forged-well",
      why: "Nothing is wrong: a token that a registrar signed outright is as good as one that it signed blindly.",
      change: forged(() => ({})),
      expect: [],
    },
    invalid(
      "of-another-slot",
      "A token for the next slot is used: key and message are that slot's.",
      forged(({ letters }) => ({ keyOf: { ...letters.A, slot: 1 } })),
    ),
    invalid(
      "says-another-slot",
      "The slot's key has signed a message that names another slot.",
      forged(() => ({ says: { slot: 1 } })),
    ),
    invalid(
      "of-another-epoch",
      "A token for another epoch is used: key and message are that epoch's.",
      forged(({ letters }) => ({ keyOf: { ...letters.A, epoch: 2 } })),
    ),
    invalid(
      "says-another-epoch",
      "The slot's key has signed a message that names another epoch.",
      forged(() => ({ says: { epoch: 2 } })),
    ),
    invalid(
      "says-another-class",
      "The slot's key has signed a message that names the class vouched.",
      forged(() => ({ says: { class: "vouched" } })),
    ),
    invalid(
      "says-another-workforce",
      "The slot's key has signed a message that names another workforce.",
      forged(() => ({ says: { workforce: valid.builder.workforce } })),
    ),
    invalid(
      "says-another-registrar",
      "The slot's key has signed a message that names another registrar.",
      forged(() => ({ says: { registrar: keys.registrars[2]!.publicKey } })),
    ),
    invalid(
      "says-another-spki",
      "The slot's key has signed a message that names another key.",
      forged(() => ({ says: { spki: madeUp("another key") } })),
    ),
    invalid(
      "of-another-registrar",
      "A token of the third registrar stands under the name of the second.",
      forged(() => ({ signer: 2 })),
    ),
    invalid(
      "on-another-key",
      "A token that was issued on somebody else's slot key is used.",
      forged(({ builder, letters }) => ({ slotKey: keyOf(builder, NOBODY, letters.A).publicKey })),
    ),
    invalid(
      "with-short-salt",
      "The signature has a salt of 32 bytes instead of 48.",
      forged(() => ({ saltLength: 32 })),
    ),
    invalid(
      "without-salt",
      "The signature has no salt.",
      forged(() => ({ saltLength: 0 })),
    ),
    invalid(
      "signature-changed",
      "One bit of a token's signature is another.",
      signature((text) => flippedText(text)),
    ),
    invalid(
      "prefix-changed",
      "One bit of a token's prefix is another.",
      endorsement((leaf) => {
        leaf.tokens[0]!.prefix = flippedText(leaf.tokens[0]!.prefix);
      }),
    ),
    invalid(
      "signature-plus-modulus",
      "The modulus was added to a token's signature: another spelling of the same number.",
      {
        ...endorsement((leaf, { builder, letters }) => {
          leaf.tokens = roomyToken(builder, leaf.key, letters.A);
        }),
      },
    ),
    {
      name: "token-missing",
      why: "The endorsement has one token; it must have two.",
      change: endorsement((leaf) => leaf.tokens.pop()),
      expect: ["token-count"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "token-too-many",
      why: "The endorsement has three tokens; it must have exactly two.",
      change: endorsement((leaf, { builder, letters }) => {
        leaf.tokens = [0, 1, 2].map((n) => builder.token(PERSON, n, letters.A));
      }),
      expect: ["token-count"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "token-of-a-stranger",
      why: "One token is of somebody who is no registrar.",
      change: endorsement((leaf) => {
        leaf.tokens[0]!.registrar = keys.stranger.publicKey;
        leaf.tokens.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
      }),
      expect: ["token-registrar-unknown"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "token-registrar-repeated",
      why: "Both tokens are of one registrar.",
      change: endorsement((leaf) => {
        leaf.tokens[1] = { ...leaf.tokens[0]! };
      }),
      expect: ["token-registrar-repeated"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
    {
      name: "tokens-unsorted",
      why: "The tokens are not sorted by registrar.",
      change: endorsement((leaf) => leaf.tokens.reverse()),
      expect: ["leaf-malformed"],
      follows: ["closing-count-wrong", "count-inflated"],
    },
  ];
}

/** Tokens of two registrars on a key, one of whose signatures leaves room below 2^2048 for the modulus to be added. */
function roomyToken(builder: SetBuilder, slotKey: string, at: LetterRef): EndorsementLeaf["tokens"] {
  for (const registrar of [0, 1, 2]) {
    const token = forgeToken(builder, slotKey, registrar, { signer: registrar, keyOf: at });
    const { n } = builder.keys.slotKey(at.epoch, registrar, at.slot);
    const sum = bytesToBigInt(decodeBase64url(token.signature)) + n;
    if (sum >= 2n ** 2048n) continue;
    const other = builder.token(PERSON, registrar === 0 ? 1 : 0, at);
    const roomy = { ...token, signature: encodeBase64url(toBytes(sum)) };
    return [other, roomy].sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
  }
  throw new Error("No signature leaves room for its modulus.");
}
