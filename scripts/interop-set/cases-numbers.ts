/** Broken copies: what registrars say that they have issued, and the headcount (PROTOCOL §4, §10). */
import { signObject } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { last } from "./change-helpers.ts";

export function issuanceCases({ keys }: World): BrokenCase[] {
  return [
    {
      name: "issuance-by-a-stranger",
      why: "An issuance is of somebody who has no keys in the epoch.",
      change: last((builder) =>
        builder.append(
          signObject(
            {
              type: "issuance" as const,
              v: 1 as const,
              workforce: builder.workforce,
              epoch: 1,
              registrar: keys.stranger.publicKey,
              day: "2027-02-02",
              batch: 5,
              issued: [{ evidence: "mailbox-code" as const, count: 1000 }],
            },
            keys.stranger,
          ),
        ),
      ),
      expect: ["issuance-unknown"],
    },
    {
      name: "issuance-of-unknown-epoch",
      why: "An issuance is of an epoch that has not begun.",
      change: last((builder) =>
        builder.addIssuance(0, "2027-02-02", { count: 10, batch: 5 }, (leaf) => {
          leaf.epoch = 2;
        }),
      ),
      expect: ["issuance-unknown"],
      follows: ["index-wrong"],
    },
    {
      name: "issuance-signature-wrong",
      why: "An issuance names a registrar that has not signed it.",
      change: last((builder) =>
        builder.addIssuance(0, "2027-02-02", { count: 1000, batch: 5 }, (leaf) => {
          leaf.registrar = keys.registrars[1]!.publicKey;
        }),
      ),
      expect: ["signature-invalid"],
      follows: ["index-wrong"],
    },
    {
      name: "more-endorsed-than-issued",
      why: "Each registrar has issued four enrolments at most; more endorsements bear the tokens of one.",
      change: {
        issuance: (leaf) => {
          leaf.issued[0]!.count = 0;
        },
      },
      expect: ["more-endorsed-than-issued"],
    },
    {
      name: "more-than-headcount",
      why: "Seven mailboxes have endorsed; the workforce is stated to have six people.",
      change: {
        manifest: (manifest) => {
          manifest.headcount!.number = 6;
        },
      },
      expect: ["more-than-headcount"],
    },
  ];
}
