/**
 * What people meet at a dishonest registrar's address. Behind it is the honest program with the same keys, so that it can
 * be honest where it likes, send real codes and state real numbers; before it stands this.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  decodeBase64url,
  type Enrolment,
  type EnrolmentRequest,
  encodeBase64url,
  enrolmentRequest,
  parseCanonical,
  reservationRequest,
} from "@undersigned/core";
import type { AttemptLedger } from "./attempts.ts";
import { FAVOUR_PATH, type Favour } from "./false-tokens.ts";
import type { Harassment } from "./harass-people.ts";
import { type Asked, forward, read, readBody, send, sendJson, serve } from "./http.ts";
import { type OwnKeys, signBlinded, signPlainly, slotKey } from "./own-keys.ts";
import { falseSignatures, KIND_OF, TREATMENTS, type Treatment } from "./treatments.ts";

/** What it does once it lies. */
export type Malice = {
  readonly identity: string;
  readonly own: OwnKeys;
  readonly attempts: AttemptLedger;
  readonly harassment: Harassment;
};

export type Front = { readonly turn: (malice: Malice) => void; readonly close: () => Promise<void> };

const MAX_FAVOUR_BYTES = 4096;

/** `behind` is the honest program's address. */
export async function startFront(port: number, behind: string): Promise<Front> {
  let malice: Malice | null = null;
  /** By mailbox: when this person first came. */
  const arrivals = new Map<string, number>();

  function treatmentOf(mailbox: string): Treatment {
    const arrival = arrivals.get(mailbox) ?? arrivals.size;
    arrivals.set(mailbox, arrival);
    return TREATMENTS[arrival % TREATMENTS.length] as Treatment;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const asked = { method, url, body: await readBody(request) };
    if (malice !== null && method === "POST") {
      switch (url) {
        case "/v1/reservations":
          if (holdsReservation(malice, asked)) return;
          break;
        case "/v1/enrolments":
          if (await mistreats(malice, asked, response)) return;
          break;
        case FAVOUR_PATH:
          return doFavour(malice, asked, response);
      }
    }
    send(response, await forward(behind, asked, request.headers));
  }

  /** Whether it leaves this one without an answer, for as long as the client waits. */
  function holdsReservation({ attempts, harassment }: Malice, { body }: Asked): boolean {
    const evidence = read(body, reservationRequest)?.evidence;
    if (evidence?.kind !== "mailbox-code") return false;
    const { mailbox } = evidence;
    attempts.beside(() => harassment.askInTheirName(mailbox));
    if (treatmentOf(mailbox) !== "no-reservation") return false;
    attempts.serve("failing-for-one", mailbox);
    return true;
  }

  /** Whether it has dealt with it; otherwise the honest program does. */
  async function mistreats(malice: Malice, asked: Asked, response: ServerResponse): Promise<boolean> {
    const request = read(asked.body, enrolmentRequest);
    if (request === null) return false;
    const { own, attempts, harassment } = malice;
    if (request.evidence.kind !== "mailbox-code") return false;
    const { mailbox } = request.evidence;
    attempts.beside(() => harassment.replayEvidence(request));
    const treatment = treatmentOf(mailbox);
    if (treatment === "honest") return signsAgain(malice, mailbox, request, asked, response);
    attempts.serve(KIND_OF[treatment], mailbox);
    switch (treatment) {
      case "no-answer":
      case "no-reservation":
        return true;
      case "errors":
        refuse(response, 500, "internal");
        return true;
      case "denies-code":
        refuse(response, 403, "wrong-code");
        return true;
      default:
        answer(response, malice, request, falseSignatures(treatment, own, request.slots));
        return true;
    }
  }

  /** Honest but for one thing: who was enrolled before gets a second set of signatures. */
  async function signsAgain(
    malice: Malice,
    mailbox: string,
    request: EnrolmentRequest,
    asked: Asked,
    response: ServerResponse,
  ): Promise<boolean> {
    const honest = await forward(behind, asked);
    if (honest.status !== 409) {
      send(response, honest);
      return true;
    }
    malice.attempts.serve("issued-twice", mailbox);
    const signatures = request.slots.map(({ slot, blinded }) => {
      const signature = signBlinded(slotKey(malice.own, slot), decodeBase64url(blinded));
      return { slot, signature: encodeBase64url(signature) };
    });
    answer(response, malice, request, signatures);
    return true;
  }

  const { close } = await serve(port, handle);
  return {
    turn: (turned) => {
      malice = turned;
    },
    close,
  };
}

function answer(
  response: ServerResponse,
  { identity }: Malice,
  { epoch, class: of }: EnrolmentRequest,
  slots: Enrolment["slots"],
): void {
  sendJson(response, 200, {
    ...{ type: "enrolment", v: 1, registrar: identity, epoch, class: of },
    ...{ slots, invitations: [], name: null },
  });
}

function refuse(response: ServerResponse, status: number, code: string): void {
  sendJson(response, status, { type: "error", v: 1, code, message: "Not today." });
}

/** What another dishonest registrar would like to have signed. */
function doFavour({ own }: Malice, { body }: Asked, response: ServerResponse): void {
  const { slot, message } = parseCanonical(body, MAX_FAVOUR_BYTES) as unknown as Favour;
  const signature = signPlainly(slotKey(own, slot), decodeBase64url(message));
  sendJson(response, 200, encodeBase64url(signature));
}
