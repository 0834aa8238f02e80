/** Every request and every answer of both servers and the second party, and every JSON file of the protocol. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  appearanceShape,
  boardCard,
  CoreError,
  challenge,
  clientBuild,
  destructionRequest,
  encodeCanonical,
  endorsementRequest,
  enrolment,
  enrolmentRequest,
  epochRequest,
  errorAnswer,
  following,
  issuanceRequest,
  type JsonValue,
  keyStatement,
  leafShape,
  letterManifest,
  letterRequest,
  openingShape,
  parseCanonical,
  parseClientBuild,
  parseKeyStatement,
  parseLeaf,
  parseLetterManifest,
  parseWorkforceManifest,
  receipt,
  registrarCard,
  reservation,
  reservationRequest,
  revisionRequest,
  type Shape,
  withdrawalRequest,
  workforceManifest,
} from "@undersigned/core";
import { decodeEntries } from "@undersigned/log";
import { ServiceError } from "@undersigned/service";
import { indexFile, openingsPage, signatoriesBucket } from "@undersigned/verify";
import { evaluation, evaluationRequest } from "../../packages/registrar/src/second-party/formats.ts";
import { readSolvedWork } from "../../packages/registrar/src/work/solved-work.ts";
import { parseJsonBody } from "../../packages/service/src/http/json-body.ts";
import { mutateBytes, mutateJson } from "./mutate.ts";
import { samples } from "./sample.ts";
import { type Target, takes } from "./target.ts";

const ERRORS = [CoreError, ServiceError];
/** The largest request that a server reads; files may be larger, and are the same code. */
const MOST = 64 * 1024;

const INTEROP = new URL("../../interop/valid/", import.meta.url).pathname;

function filesIn(folder: string): Uint8Array[] {
  const path = join(INTEROP, folder);
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => new Uint8Array(readFileSync(join(path, name))));
}

/** Some of the worked example's leaves, one of each type at least. */
function leaves(): Uint8Array[] {
  const folder = join(INTEROP, "tile/entries");
  const [bundle] = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (n) => /\.p\/\d+$/.test(n) || /p\/\d+$/.test(n),
  );
  const width = Number((bundle as string).split("/").at(-1));
  return decodeEntries(new Uint8Array(readFileSync(join(folder, bundle as string))), width);
}

function jsonTarget(
  name: string,
  weight: number,
  seeds: readonly Uint8Array[],
  read: (input: Uint8Array) => unknown,
): Target {
  const values = seeds.map((seed) => JSON.parse(new TextDecoder().decode(seed)) as JsonValue);
  return {
    name,
    weight,
    most: MOST,
    seeds,
    make(random) {
      const which = random.below(seeds.length);
      if (random.below(3) === 0) return mutateBytes(random, seeds[which] as Uint8Array, seeds, MOST);
      const changed = mutateJson(random, values[which] as JsonValue);
      try {
        return encodeCanonical(changed).subarray(0, MOST);
      } catch {
        return new TextEncoder().encode(JSON.stringify(changed)).subarray(0, MOST);
      }
    },
    takes: (input) => takes(ERRORS, () => read(input)),
  };
}

function request(name: string, shape: Shape<unknown>, weight = 2, more: readonly Uint8Array[] = []): Target {
  const seeds = [...more, ...samples(shape.schema).map((value) => encodeCanonical(value))];
  return jsonTarget(name, weight, seeds, (input) => shape.check(parseJsonBody(input, MOST), ""));
}

function answer(name: string, shape: Shape<unknown>, more: readonly Uint8Array[] = []): Target {
  const seeds = [...more, ...samples(shape.schema).map((value) => encodeCanonical(value))];
  return jsonTarget(name, 1, seeds, (input) => shape.check(parseCanonical(input, MOST), ""));
}

function file(name: string, seeds: readonly Uint8Array[], read: (input: Uint8Array) => unknown): Target {
  return jsonTarget(name, 1, seeds, read);
}

const manifests = filesIn("manifests");
const ofType = (type: string) =>
  manifests.filter((one) => (JSON.parse(new TextDecoder().decode(one)) as { type: string }).type === type);
const statements = filesIn("statements");
const logged = leaves();
const leavesOf = (type: string) =>
  logged.filter((one) => (JSON.parse(new TextDecoder().decode(one)) as { type: string }).type === type);

/** A request around a leaf, from leaves of the worked example. */
function around(type: string, requestType: string, rest: Record<string, JsonValue>): Uint8Array[] {
  return leavesOf(type)
    .slice(0, 2)
    .map((leaf) =>
      encodeCanonical({
        type: requestType,
        v: 1,
        leaf: JSON.parse(new TextDecoder().decode(leaf)) as JsonValue,
        ...rest,
      }),
    );
}

const B64 = "A".repeat(86);

/** A letter's leaf and manifest, which the request brings together. */
function letterRequests(): Uint8Array[] {
  const manifest = JSON.parse(new TextDecoder().decode(ofType("letter-manifest")[0])) as JsonValue;
  return around("letter", "letter-request", { manifest, unlisted: null });
}

export const jsonTargets: readonly Target[] = [
  request("reservation-request", reservationRequest),
  request("enrolment-request", enrolmentRequest, 4),
  request("issuance-request", issuanceRequest),
  request(
    "endorsement-request",
    endorsementRequest,
    4,
    around("endorsement", "endorsement-request", { opening: null, remainder: "release", sig: B64 }),
  ),
  request("revision-request", revisionRequest, 2, around("revision", "revision-request", { opening: null })),
  request("withdrawal-request", withdrawalRequest, 2, around("withdrawal", "withdrawal-request", {})),
  request("letter-request", letterRequest, 2, letterRequests()),
  request("epoch-request", epochRequest, 1, [
    encodeCanonical({
      type: "epoch-request",
      v: 1,
      statements: statements.slice(0, 1).map((one) => JSON.parse(new TextDecoder().decode(one)) as JsonValue),
    }),
  ]),
  request("destruction-request", destructionRequest, 2, around("destruction", "destruction-request", {})),
  request("evaluation-request", evaluationRequest),
  answer("reservation", reservation),
  answer("enrolment", enrolment),
  answer("challenge", challenge),
  answer("evaluation", evaluation),
  answer("receipt", receipt),
  answer("error-answer", errorAnswer),
  answer("opening", openingShape),
  answer("appearance", appearanceShape),
  answer("index-file", indexFile, [new Uint8Array(readFileSync(join(INTEROP, "index.json")))]),
  answer("openings-page", openingsPage, filesIn("openings")),
  answer("signatories-bucket", signatoriesBucket, filesIn("signatories")),
  answer("registrar-card", registrarCard),
  answer("board-card", boardCard),
  answer("workforce-manifest-shape", workforceManifest, ofType("workforce-manifest")),
  answer("letter-manifest-shape", letterManifest, ofType("letter-manifest")),
  answer("key-statement-shape", keyStatement, statements),
  answer("client-build-shape", clientBuild, filesIn("clients")),
  answer("following-shape", following),
  answer("leaf-shape", leafShape, logged.slice(0, 30)),
  file("workforce-manifest", ofType("workforce-manifest"), parseWorkforceManifest),
  file("letter-manifest", ofType("letter-manifest"), parseLetterManifest),
  file("key-statement", statements, parseKeyStatement),
  file("client-build", filesIn("clients"), parseClientBuild),
  file("leaf", logged, parseLeaf),
  // What it refuses is null.
  file(
    "solved-work",
    [solvedWorkSeed()],
    (input) => readSolvedWork(new TextDecoder().decode(input)) !== null,
  ),
];

function solvedWorkSeed(): Uint8Array {
  const hex = (bytes: number) => "0".repeat(2 * bytes);
  return new TextEncoder().encode(
    JSON.stringify({
      challenge: {
        parameters: {
          algorithm: "SHA-256",
          cost: 32,
          data: { until: 1 },
          keyLength: 32,
          keyPrefix: "000",
          nonce: hex(16),
          salt: hex(16),
        },
        signature: hex(32),
      },
      solution: { counter: 1, derivedKey: hex(32) },
    }),
  );
}
