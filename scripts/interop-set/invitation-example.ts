/**
 * interop/invitation.json: one invitation of the valid set, from the phrase of who gives it to the evidence that each
 * registrar is shown by who uses it, with every value on the way.
 */
import {
  blindRequest,
  decodeBase64url,
  encodeBase64url,
  encodeInvitation,
  type InvitationRef,
  type JsonValue,
  requestsHash,
  SLOTS,
} from "@undersigned/core";
import type { ValidSet } from "./valid-set.ts";

/** Numbers of the people in keys.json. */
const INVITER = 0;
const INVITEE = 60;

export function invitationExample({ builder }: ValidSet): JsonValue {
  const { keys, workforce } = builder;
  const at: InvitationRef = { workforce, epoch: 1, number: 1 };
  const invitation = keys.people[INVITER]!.secrets.invitation(at);
  const invitee = keys.people[INVITEE]!.secrets;
  const registrars = keys.registrars.map(({ publicKey }, registrar) => {
    const key = builder.invitationKey(registrar, at);
    const blinded = invitation.request(key);
    const answer = keys.invitationKey(registrar, at.number).sign(blinded);
    const signature = invitation.unblind(key, answer);
    const slots = Array.from({ length: SLOTS }, (_, slot) => ({
      slot,
      blinded: encodeBase64url(
        blindRequest(invitee, builder.tokenKey(registrar, { workforce, epoch: at.epoch, slot }, "vouched")),
      ),
    }));
    const requests = requestsHash({
      workforce,
      epoch: at.epoch,
      class: "vouched",
      registrar: publicKey,
      slots,
      invitations: [],
    });
    return {
      registrar: publicKey,
      blinded: encodeBase64url(blinded),
      answer: encodeBase64url(answer),
      requests,
      evidence: invitation.use(key, signature, requests),
    };
  });
  return {
    note: "Made by scripts/make-interop.ts from keys.json: PROTOCOL sections 5, 6 and 9.",
    workforce,
    epoch: at.epoch,
    number: at.number,
    inviter: INVITER,
    invitee: INVITEE,
    secret: encodeBase64url(invitation.secret),
    key: invitation.key,
    text: encodeInvitation({
      epoch: at.epoch,
      number: at.number,
      secret: invitation.secret,
      tokens: registrars.map(({ evidence }, registrar) => ({
        registrar,
        signature: decodeBase64url(evidence.signature, 256),
      })),
    }),
    registrars,
  };
}
