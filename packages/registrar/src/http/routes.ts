/** The registrar's addresses (PROTOCOL §9). Each route checks the shape, which is the authority, and calls one command. */
import {
  enrolment,
  enrolmentRequest,
  issuanceLeaf,
  issuanceRequest,
  type JsonValue,
  reservation,
  reservationRequest,
  type Shape,
} from "@undersigned/core";
import { closed, type HttpServer, jsonFile, ServiceError, type TSchema, Type } from "@undersigned/service";
import { enrol } from "../commands/enrol.ts";
import { reserve } from "../commands/reserve.ts";
import { IssuanceDesk } from "../commands/state-issuance.ts";
import type { Registrar } from "../registrar.ts";
import { presentChallenge, presentEnrolment, presentRegistrar, presentReservation } from "./presenters.ts";

/**
 * An enrolment request has some 6 KB (16 blinded messages of 342 characters), with 8 invitations, a name, solved work and the
 * longest header of a mail some 50 KB.
 */
export const MAX_BODY_BYTES = 64 * 1024;

export function addRoutes(server: HttpServer, registrar: Registrar): void {
  const desk = new IssuanceDesk(registrar);

  server.get("/v1/registrar", { summary: "Who this registrar is, and the epoch that is open." }, () =>
    jsonFile(presentRegistrar(registrar), "short"),
  );

  server.get(
    "/v1/statements/:epoch",
    {
      summary: "The key statement of an epoch.",
      params: closed({ epoch: Type.String({ pattern: "^[1-9]\\d{0,4}$" }) }),
    },
    ({ params }) => {
      const epoch = registrar.epochs.get(Number(params.epoch));
      if (epoch === undefined)
        throw new ServiceError("not-found", "This registrar has no keys for this epoch.");
      return { body: epoch.statementFile, contentType: "application/json", cache: "immutable" };
    },
  );

  server.get(
    "/v1/destructions/:epoch",
    {
      summary: "The statement that the keys of an epoch are destroyed, for anyone to bring to the board.",
      params: closed({ epoch: Type.String({ pattern: "^[1-9]\\d{0,4}$" }) }),
    },
    ({ params }) => {
      const leaf = registrar.epochs.get(Number(params.epoch))?.destroyed?.leaf ?? null;
      if (leaf === null)
        throw new ServiceError("not-found", "This registrar has not destroyed its keys of this epoch.");
      return { body: leaf, contentType: "application/json", cache: "immutable" };
    },
  );

  server.get(
    "/v1/challenge",
    { summary: "Work to do, for when this registrar answers that it is needed. Another one each time." },
    async () => jsonFile(presentChallenge(registrar, await registrar.work.challenge()), "none"),
  );

  server.post(
    "/v1/reservations",
    {
      summary: "Sends a code to a work mailbox, or reserves a mail, for one set of blinded requests.",
      body: schemaOf(reservationRequest),
      handlerChecksBody: true,
      response: schemaOf(reservation),
    },
    async ({ body, client }) => {
      const request = reservationRequest.check(body as JsonValue, "");
      await reserve(registrar, request, client);
      return presentReservation(registrar, request);
    },
  );

  server.post(
    "/v1/enrolments",
    {
      summary: "Takes evidence and signs the blinded requests, once for a mailbox or invitation and epoch.",
      body: schemaOf(enrolmentRequest),
      handlerChecksBody: true,
      response: schemaOf(enrolment),
    },
    async ({ body, client }) => {
      const request = enrolmentRequest.check(body as JsonValue, "");
      return presentEnrolment(registrar, request, await enrol(registrar, request, client));
    },
  );

  server.post(
    "/v1/issuance",
    {
      summary: "States to the board how many have enrolled.",
      body: schemaOf(issuanceRequest),
      handlerChecksBody: true,
      response: schemaOf(issuanceLeaf),
    },
    async ({ body }) =>
      (await desk.state(issuanceRequest.check(body as JsonValue, ""))) as unknown as JsonValue,
  );
}

function schemaOf(of: Shape<unknown>): TSchema {
  return of.schema as TSchema;
}
