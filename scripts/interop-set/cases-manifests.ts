/** Broken copies: manifests, their chain and the signatures under them (PROTOCOL §3.1, §3.4, §4 rule 1). */
import { quorumBounds } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { last } from "./change-helpers.ts";
import type { SetBuilder } from "./set-builder.ts";
import { madeUp } from "./texts.ts";

export function manifestCases({ keys, valid }: World): BrokenCase[] {
  const version2 = (...of: Parameters<SetBuilder["addVersion"]>) =>
    last((builder) => builder.addVersion(...of));
  const nothing = () => undefined;
  return [
    {
      name: "manifest-of-letter-swapped",
      why: "Under the letter's name lies another text.",
      change: {
        files: (files, { builder, letters }) =>
          files.set(
            `manifests/${letters.A.letter}.json`,
            builder.documents.get(`manifests/${letters.B.letter}.json`)!,
          ),
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-of-letter-other-days",
      why: "The letter's manifest and its leaf differ in the closing day.",
      change: {
        letterLeaf: (leaf, which) => {
          if (which === "B") leaf.closes = "2027-04-30";
        },
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-of-letter-other-batch-rule",
      why: "The letter's leaf allows smaller batches than its manifest promises.",
      change: {
        letterLeaf: (leaf) => {
          leaf.batch.classes.mailbox.min = 1;
        },
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-quorum-too-small",
      why: "One of three registrars would do: less than half.",
      change: {
        manifest: (manifest) => {
          manifest.quorum = 1;
          manifest.bounds = { forge: 0, double: 0, outage: 2 };
        },
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-bounds-wrong",
      why: "The manifest promises that two dishonest registrars cannot forge, where two suffice.",
      change: {
        manifest: (manifest) => {
          manifest.bounds.forge = 2;
        },
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-origin-wrong",
      why: "The log's origin in the manifest is not that of the log's key.",
      change: {
        manifest: (manifest) => {
          manifest.log.origin = valid.builder.origin;
        },
      },
      expect: ["manifest-mismatch"],
    },
    {
      name: "manifest-chain-previous",
      why: "Version 2 names another manifest before it than version 1.",
      change: version2((manifest) => {
        manifest.previous = madeUp("another manifest");
      }),
      expect: ["manifest-chain-broken"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-chain-skipped",
      why: "Version 3 follows version 1.",
      change: version2((manifest) => {
        manifest.version = 3;
      }),
      expect: ["manifest-chain-broken"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-chain-log-key",
      why: "Version 2 names another log key.",
      change: version2((manifest) => {
        manifest.log = { ...valid.builder.manifest.log };
      }),
      expect: ["manifest-chain-broken"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-chain-leaf",
      why: "The leaf of version 2 names another manifest before it than the manifest does.",
      change: version2(nothing, {
        leaf: (leaf) => {
          leaf.previous = madeUp("another manifest");
        },
      }),
      expect: ["manifest-chain-broken"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-signatures-first",
      why: "Version 1 lacks the signature of a registrar that it names.",
      change: { workforceSigners: (all) => all.slice(1) },
      expect: ["manifest-signatures"],
      follows: null,
    },
    {
      name: "manifest-signatures-too-few",
      why: "Version 2 is signed by one registrar of the version before; two must agree.",
      change: version2(nothing, { signers: keys.registrars.slice(0, 1) }),
      expect: ["manifest-signatures"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-signatures-stranger",
      why: "Version 2 bears a signature of somebody who is no registrar.",
      change: version2(nothing, { signers: [...keys.registrars, keys.stranger] }),
      expect: ["manifest-signatures"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-signatures-new-registrar",
      why: "Version 2 names a fourth registrar, who has not signed.",
      change: version2((manifest) => {
        const identity = keys.stranger.publicKey;
        manifest.registrars.push({ ...manifest.registrars[0]!, identity, name: "Registrar 4" });
        manifest.registrars.sort((a, b) => (a.identity < b.identity ? -1 : 1));
        manifest.quorum = 3;
        manifest.bounds = quorumBounds(4, 3);
      }),
      expect: ["manifest-signatures"],
      follows: ["index-wrong"],
    },
    {
      name: "manifest-signature-wrong",
      why: "One of the signatures on version 2 is wrong; the other two would be enough.",
      change: version2(nothing, {
        leaf: (leaf) => {
          leaf.signatures[0]!.sig = leaf.signatures[1]!.sig;
        },
      }),
      expect: ["manifest-signatures"],
      follows: ["index-wrong"],
    },
  ];
}
