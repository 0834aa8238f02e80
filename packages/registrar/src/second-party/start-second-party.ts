/** Starts a second party: loads the keys of its open epochs, then evaluates for the registrars that it is told of. */
import { encodeBase64url, type JsonValue, publicKey, type Shape } from "@undersigned/core";
import {
  type Clock,
  createServer,
  type HttpServer,
  jsonFile,
  type ListenOptions,
  type Lock,
  type Logger,
  ServiceError,
  systemClock,
  type TSchema,
} from "@undersigned/service";
import { errorStatus, RegistrarError } from "../errors.ts";
import { Allowance, DEFAULT_SECOND_PARTY_LIMITS, type SecondPartyLimits } from "./allowance.ts";
import { keyMissing } from "./create-second-party-key.ts";
import { evaluate, renewAllowances, type SecondParty } from "./evaluate.ts";
import type { SecondPartyEvents } from "./events.ts";
import { evaluation, evaluationRequest, type SecondPartyCard } from "./formats.ts";
import { readKey, type SecondPartyKey } from "./key-file.ts";
import { listRecords } from "./record.ts";

export type StartSecondPartyOptions = {
  /** Folder of its keys, for this process alone. */
  readonly dataDir: string;
  readonly lock: Lock;
  readonly listen: ListenOptions;
  /** Identities (base64url) of the registrars that may ask. Each has an allowance of its own. */
  readonly registrars: readonly string[];
  readonly limits?: Partial<SecondPartyLimits>;
  readonly clock?: Clock;
  readonly logger: Logger<SecondPartyEvents>;
};

export type RunningSecondParty = { readonly url: string; close(): Promise<void> };

const MAX_BODY_BYTES = 2_048;
const HOUR_MS = 3_600_000;

/**
 * Throws RegistrarError `epoch-unknown` when there is no open epoch, `second-party-key-missing`, `keys-locked`, and
 * ServiceError for files and address; CoreError `bad-field` for what is no identity. Nothing is left running then.
 */
export async function startSecondParty(options: StartSecondPartyOptions): Promise<RunningSecondParty> {
  const { logger } = options;
  for (const registrar of options.registrars) publicKey.check(registrar, "/registrars");
  const party: SecondParty = {
    registrars: new Set(options.registrars),
    epochs: await openEpochs(options),
    logger,
  };
  let renewing = Promise.resolve();
  const timer = setInterval(() => {
    renewing = renewing.then(() => renewAllowances(party));
  }, HOUR_MS);
  timer.unref();
  const stop = async () => {
    clearInterval(timer);
    await renewing;
    for (const epoch of party.epochs.values()) await epoch.allowance.close();
  };
  try {
    const server = createServer({
      name: "Undersigned second party",
      version: "1",
      maxBodyBytes: MAX_BODY_BYTES,
      logger,
      errorStatus,
    });
    addRoutes(server, party);
    const { url } = await server.listen(options.listen);
    logger.event("second-party-started", { epochs: party.epochs.size, registrars: party.registrars.size });
    return {
      url,
      async close() {
        await server.close();
        await stop();
        logger.event("second-party-stopped", {});
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openEpochs(options: StartSecondPartyOptions): Promise<SecondParty["epochs"]> {
  const { dataDir, lock, clock = systemClock } = options;
  const limits = { ...DEFAULT_SECOND_PARTY_LIMITS, ...options.limits };
  const registrars = [...new Set(options.registrars)];
  // All keys first: numbers are written ahead only by a start that will serve.
  const keys: SecondPartyKey[] = [];
  for (const { epoch, workforce, closed } of await listRecords(dataDir)) {
    // A key that came back with a restored folder stays shut.
    if (closed) continue;
    const found = await readKey(dataDir, lock, epoch);
    if (found === null || found.workforce !== workforce) throw keyMissing();
    keys.push(found);
  }
  if (keys.length === 0) {
    throw new RegistrarError(
      "epoch-unknown",
      "This second party has no key of an open epoch: make one with open-epoch first.",
    );
  }
  const epochs: SecondParty["epochs"] = new Map();
  for (const { epoch, workforce, key } of keys) {
    const allowance = await Allowance.open({ dataDir, epoch, registrars, limits, clock });
    epochs.set(epoch, { number: epoch, workforce, key, allowance, limitLogged: false });
  }
  return epochs;
}

function addRoutes(server: HttpServer, party: SecondParty): void {
  server.get("/v1/second-party", { summary: "The workforce and the public keys of the open epochs." }, () =>
    jsonFile(presentSecondParty(party), "short"),
  );
  server.post(
    "/v1/evaluations",
    {
      summary: "Evaluates one blinded element for a registrar, with a proof.",
      body: schemaOf(evaluationRequest),
      handlerChecksBody: true,
      response: schemaOf(evaluation),
    },
    async ({ body }) => evaluate(party, evaluationRequest.check(body as JsonValue, "")),
  );
}

function presentSecondParty(party: SecondParty): SecondPartyCard {
  const epochs = [...party.epochs.values()];
  const first = epochs[0];
  if (first === undefined)
    throw new ServiceError("not-found", "This second party has no open epoch any more.");
  const keys = epochs.map(({ number, key }) => ({
    epoch: number,
    publicKey: encodeBase64url(key.publicKey),
  }));
  return { type: "second-party", v: 1, workforce: first.workforce, keys };
}

function schemaOf(of: Shape<unknown>): TSchema {
  return of.schema as TSchema;
}
