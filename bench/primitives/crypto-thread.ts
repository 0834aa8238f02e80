/** A thread that repeats one operation of node:crypto as often as it can until a moment that all threads share. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { Counted, Span } from "../lib/rate-threads.ts";

export type Operation =
  | "rsa-private"
  | "rsa-verify"
  | "rsa-verify-mail"
  | "ed25519-sign"
  | "ed25519-verify"
  | "ed25519-import-verify"
  | "endorsement-check";

export interface CryptoTask {
  readonly operation: Operation;
}

/** About as long as the messages of tokens and leaves. */
const tokenMessage = randomBytes(480);
const leafMessage = randomBytes(800);
/** As long as what a mail's signature covers. */
const mailMessage = randomBytes(600);

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed25519 = generateKeyPairSync("ed25519");
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
const rsaSignature = sign("sha384", tokenMessage, { key: rsa.privateKey, ...pss });
const mailSignature = sign("sha256", mailMessage, rsa.privateKey);
const signature = sign(null, leafMessage, ed25519.privateKey);
const rawKey = ed25519.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
const blinded = Buffer.concat([Buffer.of(0), randomBytes(255)]);

// As keys come from a file, and not from the generator.
const privateKey = createPrivateKey(rsa.privateKey.export({ format: "pem", type: "pkcs8" }));
const publicKey = createPublicKey(rsa.publicKey.export({ format: "pem", type: "spki" }));

const importKey = (): KeyObject =>
  createPublicKey({ key: rawKey, format: "raw-public", asymmetricKeyType: "ed25519" });
const verifyToken = () => verify("sha384", tokenMessage, { key: publicKey, ...pss }, rsaSignature);

const operations: Record<Operation, () => unknown> = {
  "rsa-private": () => privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinded),
  "rsa-verify": verifyToken,
  "rsa-verify-mail": () => verify("sha256", mailMessage, publicKey, mailSignature),
  "ed25519-sign": () => sign(null, leafMessage, ed25519.privateKey),
  "ed25519-verify": () => verify(null, leafMessage, ed25519.publicKey, signature),
  "ed25519-import-verify": () => verify(null, leafMessage, importKey(), signature),
  "endorsement-check": () => verifyToken() && verify(null, leafMessage, importKey(), signature),
};

parentPort?.on("message", ({ operation, start, stop }: CryptoTask & Span) => {
  const once = operations[operation];
  while (Date.now() < start) once();
  const cpu = process.threadCpuUsage();
  const began = performance.now();
  let count = 0;
  // Once at least: on a busy machine a thread may not be given the core in all that time. Nothing is awaited: it would count.
  do {
    once();
    count++;
  } while (Date.now() < stop);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort?.postMessage({
    operations: count,
    seconds,
    cpuSeconds: (user + system) / 1e6,
  } satisfies Counted);
});
