/** Broken copies: epochs, key statements and the keys in them (PROTOCOL §3.3, §4 rule 2). */
import { decodeBase64url, encodeBase64url, type KeyStatement, signObject } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { EPOCH_ONLY, last, statementPaths } from "./change-helpers.ts";
import type { SetBuilder } from "./set-builder.ts";
import { madeUp } from "./texts.ts";

export function epochCases({ keys }: World): BrokenCase[] {
  const days = { opens: "2027-07-01", closes: "2027-12-31" };
  const second = (of: Partial<Parameters<SetBuilder["addEpoch"]>[0]>) =>
    last((builder) => builder.addEpoch({ epoch: 2, ...days, ...of }));
  const secondOnly = (of: Partial<Parameters<SetBuilder["addEpoch"]>[0]>) => ({
    ...EPOCH_ONLY,
    ...second({ registrars: [0, 1], ...of }),
  });
  const anotherKey = (edit: (der: Uint8Array) => Uint8Array) =>
    secondOnly({
      statement: (statement, registrar) => {
        const key = statement.keys[5]!;
        if (registrar === 1) key.spki = encodeBase64url(edit(decodeBase64url(key.spki)));
      },
    });
  return [
    {
      name: "epoch-skipped",
      why: "Epoch 3 follows epoch 1.",
      change: secondOnly({ epoch: 3, keysOf: 2 }),
      expect: ["epoch-number"],
      follows: ["index-wrong"],
    },
    {
      name: "epoch-twice",
      why: "Epoch 1 begins a second time, with other keys.",
      change: secondOnly({ epoch: 1, keysOf: 2 }),
      expect: ["epoch-number"],
      follows: ["index-wrong"],
    },
    {
      name: "epoch-manifest-not-in-force",
      why: "Epoch 2 and its statements name another manifest than the one in force.",
      change: second({
        statement: (statement) => {
          statement.manifest = madeUp("another manifest");
        },
        leaf: (leaf) => {
          leaf.manifest = madeUp("another manifest");
        },
      }),
      expect: ["epoch-manifest"],
      follows: ["index-wrong"],
    },
    {
      name: "epoch-statements-too-few",
      why: "Only one of three registrars has stated keys for epoch 2; two are needed.",
      change: second({ registrars: [0] }),
      expect: ["epoch-statements"],
    },
    {
      name: "epoch-statement-of-a-stranger",
      why: "A statement for epoch 2 is of somebody who is no registrar.",
      change: second({
        statement: (statement, registrar) => {
          if (registrar === 2) statement.registrar = keys.stranger.publicKey;
        },
        signed: (statement, registrar) => (registrar === 2 ? resigned(statement, keys.stranger) : statement),
        leaf: (leaf) => {
          leaf.statements[2]!.registrar = keys.stranger.publicKey;
          leaf.statements.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
        },
      }),
      expect: ["epoch-statements"],
    },
    {
      name: "statement-swapped",
      why: "Under the name of one registrar's statement for epoch 2 lies another's.",
      change: {
        ...second({}),
        files: (files, { builder }) => {
          const [one, other] = statementPaths(builder).slice(3);
          files.set(one!, files.get(other!)!);
        },
      },
      expect: ["statement-mismatch"],
    },
    {
      name: "statement-of-other-days",
      why: "A statement ends its epoch on another day than the epoch leaf.",
      change: second({
        statement: (statement, registrar) => {
          if (registrar === 1) statement.closes = "2028-12-31";
        },
      }),
      expect: ["statement-mismatch"],
    },
    {
      name: "statement-of-other-mailbox-rules",
      why: "A registrar takes mailboxes of another domain than the manifest says.",
      change: second({
        statement: (statement, registrar) => {
          if (registrar === 1) statement.mailboxes.domains[0]!.domain = "example.org";
        },
      }),
      expect: ["statement-mismatch"],
    },
    {
      name: "statement-signature-wrong",
      why: "A statement's signature is not its registrar's.",
      change: second({
        signed: (statement, registrar) => (registrar === 1 ? resigned(statement, keys.stranger) : statement),
      }),
      expect: ["statement-signature"],
    },
    {
      name: "rsa-exponent-3",
      why: "A slot's key has the exponent 3.",
      change: anotherKey((der) => der.with(-1, 3).with(-2, 0).with(-3, 0)),
      expect: ["bad-rsa-key"],
    },
    {
      name: "rsa-modulus-even",
      why: "A slot's key has an even modulus.",
      change: anotherKey((der) => der.with(-6, der.at(-6)! & 0xfe)),
      expect: ["bad-rsa-key"],
    },
    {
      name: "rsa-modulus-short",
      why: "A slot's key has a modulus of 2047 bits.",
      change: anotherKey((der) => der.with(33, der[33]! & 0x7f)),
      expect: ["bad-rsa-key"],
    },
    {
      name: "rsa-pss-oid",
      why: "A slot's key is marked as one for RSASSA-PSS; all are to be marked rsaEncryption.",
      change: anotherKey((der) => der.with(16, 0x0a)),
      expect: ["bad-rsa-key"],
    },
    {
      name: "rsa-trailing-byte",
      why: "Behind a slot's key there is a byte more.",
      change: anotherKey((der) => Uint8Array.of(...der, 0)),
      expect: ["bad-rsa-key"],
    },
    {
      name: "modulus-of-an-earlier-epoch",
      why: "Epoch 2 uses the keys of epoch 1 again.",
      change: secondOnly({ keysOf: 1 }),
      expect: ["modulus-repeated"],
    },
    {
      name: "modulus-of-another-slot",
      why: "A registrar uses one key for two slots.",
      change: secondOnly({
        statement: (statement, registrar) => {
          if (registrar === 1) statement.keys[9]!.spki = statement.keys[8]!.spki;
        },
      }),
      expect: ["modulus-repeated"],
    },
    {
      name: "modulus-of-another-registrar",
      why: "Two registrars use one key.",
      change: secondOnly({
        statement: (statement, registrar) => {
          if (registrar === 1) statement.keys[9]!.spki = keys.slotKey(2, 0, 9).spki;
        },
      }),
      expect: ["modulus-repeated"],
    },
  ];
}

function resigned({ sig: _, ...statement }: KeyStatement, by: World["keys"]["stranger"]): KeyStatement {
  return signObject(statement, by);
}
