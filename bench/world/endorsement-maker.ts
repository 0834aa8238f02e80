/** A thread that makes endorsements: real tokens by the registrar's private key, real signatures. */
import { parentPort } from "node:worker_threads";
import {
  concatBytes,
  decodeBase64url,
  encodeLeaf,
  leafName,
  remainderMessage,
  signDetached,
} from "@undersigned/core";
import { encodeRecord, REMAINDER } from "./endorsement-file.ts";
import { newWorld } from "./world.ts";

export interface MakeTask {
  readonly from: number;
  readonly to: number;
}

const { builder, letter } = newWorld();

function make(person: number): Uint8Array {
  const leaf = encodeLeaf(builder.endorse(letter, person));
  const message = remainderMessage(leafName(leaf), REMAINDER);
  const consent = signDetached("endorsement-request", message, builder.person(letter, person));
  return encodeRecord({ leaf, consent: decodeBase64url(consent, 64) });
}

parentPort?.on("message", ({ from, to }: MakeTask) => {
  const records = concatBytes(...Array.from({ length: to - from }, (_, i) => make(from + i)));
  parentPort?.postMessage(records, [records.buffer as ArrayBuffer]);
});
