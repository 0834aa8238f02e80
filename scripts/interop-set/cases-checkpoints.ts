/** Broken copies: checkpoints, witnesses, and checkpoints known from before (PROTOCOL §8, §10). */
import { decodeBase64url, utf8Encode } from "@undersigned/core";
import {
  EMPTY_ROOT,
  ed25519CosignatureSigner,
  formatCheckpoint,
  formatVkey,
  KEY_TYPE_COSIGNATURE_ED25519,
  signNote,
} from "@undersigned/log";
import type { BrokenCase, World } from "./broken-case.ts";

export function checkpointCases({ keys, valid }: World): BrokenCase[] {
  const textOf = (files: Map<string, Uint8Array>) =>
    `${new TextDecoder().decode(files.get("checkpoint")).split("\n\n")[0]!}\n`;
  return [
    {
      name: "checkpoint-by-a-stranger",
      why: "The checkpoint is signed by a key that is not the log's, under the log's name.",
      change: {
        files: async (files, { builder }) =>
          files.set("checkpoint", await builder.sign(textOf(files), { log: keys.stranger })),
      },
      expect: ["checkpoint-signature"],
    },
    {
      name: "checkpoint-signature-wrong",
      why: "The checkpoint states another size than the one that was signed.",
      change: {
        files: (files, { builder }) => {
          const note = new TextDecoder().decode(files.get("checkpoint"));
          const size = builder.entries.length;
          files.set("checkpoint", utf8Encode(note.replace(`\n${size}\n`, `\n${size - 1}\n`)));
        },
      },
      expect: ["checkpoint-signature"],
    },
    {
      name: "checkpoint-by-witness-only",
      why: "A witness has cosigned, but the log has not signed.",
      change: {
        files: (files) => {
          const lines = new TextDecoder().decode(files.get("checkpoint")).split("\n");
          files.set(
            "checkpoint",
            utf8Encode(lines.filter((line) => !line.startsWith("\u2014 undersigned-log/")).join("\n")),
          );
        },
      },
      expect: ["checkpoint-signature"],
    },
    {
      name: "checkpoint-of-another-origin",
      why: "The log's key has signed a text whose first line names another log.",
      change: {
        files: async (files, { builder }) => {
          const [, ...rest] = textOf(files).split("\n");
          files.set("checkpoint", await builder.sign([valid.builder.origin, ...rest].join("\n")));
        },
      },
      expect: ["checkpoint-origin"],
    },
    {
      name: "witness-missing",
      why: "One witness must have cosigned; none has.",
      change: {
        files: async (files, { builder }) =>
          files.set("checkpoint", await builder.sign(textOf(files), { cosign: false })),
      },
      expect: ["witness-quorum"],
    },
    {
      name: "witness-of-another-checkpoint",
      why: "The witness's line was taken from another checkpoint of the log.",
      change: {
        files: async (files, { builder }) => {
          const other = new TextDecoder().decode(await builder.checkpoint(5));
          const line = other.split("\n").find((text) => text.startsWith(`\u2014 ${builder.witnessName} `))!;
          const note = new TextDecoder().decode(await builder.sign(textOf(files), { cosign: false }));
          files.set("checkpoint", utf8Encode(`${note}${line}\n`));
        },
      },
      expect: ["witness-quorum"],
    },
    {
      name: "witness-is-the-log",
      why: "The manifest names the log's own key as a witness, and it has cosigned itself.",
      change: {
        manifest: (manifest) => {
          const key = decodeBase64url(keys.small.log.publicKey);
          const name = "friend.example.com";
          manifest.witnesses = [{ name, vkey: formatVkey(name, KEY_TYPE_COSIGNATURE_ED25519, key) }];
        },
        files: async (files, { builder }) => {
          const { log } = keys.small;
          const key = decodeBase64url(log.publicKey);
          const now = () => 1_803_859_200;
          const cosigner = ed25519CosignatureSigner(
            "friend.example.com",
            key,
            (message) => log.sign(message),
            now,
          );
          const cosigned = new TextDecoder().decode(await signNote(textOf(files), [cosigner]));
          const line = cosigned.split("\n\n")[1]!;
          const note = new TextDecoder().decode(await builder.sign(textOf(files), { cosign: false }));
          files.set("checkpoint", utf8Encode(note + line));
        },
      },
      expect: ["witness-quorum"],
    },
    {
      name: "log-empty",
      why: "The log has no leaves, and so no workforce leaf.",
      change: {
        files: async (files, set) => {
          const { builder } = set;
          const text = formatCheckpoint({ origin: set.builder.origin, size: 0, root: EMPTY_ROOT });
          files.set("checkpoint", await builder.sign(text));
        },
      },
      expect: ["leaf-out-of-place"],
    },
  ];
}

export function knownCases({ valid, small }: World): BrokenCase[] {
  return [
    {
      name: "known-checkpoint",
      why: "Nothing is wrong: the log has grown out of the known checkpoint.",
      change: {},
      known: ({ builder }) => builder.checkpoint(12),
      expect: [],
    },
    {
      name: "known-checkpoint-foreign",
      why: "The known checkpoint is of another log.",
      change: {},
      known: () => valid.builder.checkpoint(),
      expect: ["known-checkpoint-foreign"],
    },
    {
      name: "log-shorter-than-known",
      why: "The log is known to have had one batch more; it was cut and signed anew.",
      change: { skip: ["late"] },
      known: () => small.builder.checkpoint(),
      expect: ["log-shorter-than-known"],
    },
    {
      name: "log-forked",
      why: "An endorsement of the first batch was exchanged for another one, and all that follows was signed anew.",
      change: {
        leaves: (made, step, { builder, letters }) =>
          step === "batch1" ? made.with(3, builder.endorse(9, letters.A)) : made,
      },
      known: () => small.builder.checkpoint(),
      expect: ["log-forked"],
    },
    {
      name: "log-forked-early",
      why: "An endorsement was left out of the first batch; the known checkpoint, from before, has it.",
      change: {
        leaves: (made, step) => (step === "batch1" ? made.toSpliced(3, 1) : made),
      },
      known: () => small.builder.checkpoint(13),
      expect: ["log-forked"],
    },
  ];
}
