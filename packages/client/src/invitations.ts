/**
 * Invitations (PROTOCOL §5, §9; decision 14): those that a person may give, and the one that a person was given. An
 * invitation is a secret that works once.
 */
import {
  compareBytes,
  decodeBase64url,
  type EnrolmentTokens,
  encodeBase64url,
  encodeInvitation,
  type Invitation,
  type InvitationKey,
  InvitationSecrets,
  InvitationVerifier,
  invitationKey,
  parseInvitation,
  type Secrets,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { type ClientView, rulesOf } from "./view.ts";

/** The keys of one registrar for invitations, by number; none where the epoch has no vouching or the registrar no statement. */
export function invitationKeysOf(view: ClientView, epoch: number, registrar: string): InvitationKey[] {
  const statement = view.epochs.get(epoch)?.statements.get(registrar);
  return (statement?.invitations ?? []).map(({ number, spki }) =>
    invitationKey({ workforce: view.workforce, epoch, number, registrar }, spki),
  );
}

/** How many registrars' tokens an invitation holds where that many have answered: one that is down shall not spoil it. */
function tokensOf({
  quorum,
  registrars,
}: {
  readonly quorum: number;
  readonly registrars: readonly unknown[];
}) {
  return Math.max(quorum, Math.min(registrars.length, 3));
}

/**
 * The invitations that a person may give, in an order that derives from the phrase, so that a number does not tell which
 * was given first. Only those are there that have tokens of the quorum. `text` is what a link holds; the same each time.
 * Throws `epoch-unknown`.
 */
export function invitationsOf(
  view: ClientView,
  secrets: Secrets,
  tokens: EnrolmentTokens,
): { readonly number: number; readonly text: string }[] {
  const { workforce, epoch } = tokens;
  const rules = rulesOf(view, epoch);
  const numbers = Array.from({ length: rules.vouching?.invitations ?? 0 }, (_, number) => number);
  const made = numbers.flatMap((number) => {
    const held = rules.registrars
      .flatMap(({ identity }, registrar) => {
        const token = tokens.invitations.find((one) => one.number === number && one.registrar === identity);
        return token === undefined ? [] : [{ registrar, signature: decodeBase64url(token.signature, 256) }];
      })
      .slice(0, tokensOf(rules));
    if (held.length < rules.quorum) return [];
    const { secret } = secrets.invitation({ workforce, epoch, number });
    const text = encodeInvitation({ epoch, number, secret, tokens: held });
    return [{ number, text, rank: secrets.invitationChoice({ workforce, epoch, number }) }];
  });
  made.sort((a, b) => compareBytes(a.rank, b.rank));
  return made.map(({ number, text }) => ({ number, text }));
}

/**
 * Reads the text of an invitation and checks it under the logged keys. Whether it has been used only the registrars know.
 * Throws CoreError `bad-invitation` for text that is none, and ClientError `invitation-invalid` where it is not of this
 * workforce, its epoch takes none, or too few of its tokens hold. Nothing of it is repeated.
 */
export async function readInvitation(view: ClientView, text: string): Promise<Invitation> {
  const invitation = parseInvitation(text.trim());
  const { epoch, number } = invitation;
  const rules = view.epochs.get(epoch)?.version.manifest;
  const sound =
    rules?.vouching != null &&
    number < rules.vouching.invitations &&
    invitation.tokens.length >= rules.quorum &&
    (await allHold(view, invitation));
  if (sound) return invitation;
  throw new ClientError(
    "invitation-invalid",
    "This invitation is not one of this workforce, or it was changed on its way. Copy the link again, or ask for another.",
  );
}

/** The registrar of one of an invitation's tokens, with its key; null where the log has no such one. */
export function invitationTokenKey(
  view: ClientView,
  { epoch, number }: Invitation,
  place: number,
): InvitationKey | null {
  const registrar = rulesOf(view, epoch).registrars[place];
  if (registrar === undefined) return null;
  return invitationKeysOf(view, epoch, registrar.identity).find((key) => key.number === number) ?? null;
}

/** What an invitation's holder can do. */
export function secretsOf(view: ClientView, { epoch, number, secret }: Invitation): InvitationSecrets {
  return new InvitationSecrets({ workforce: view.workforce, epoch, number }, secret);
}

async function allHold(view: ClientView, invitation: Invitation): Promise<boolean> {
  const secrets = secretsOf(view, invitation);
  const checks = invitation.tokens.map(async ({ registrar, signature }) => {
    const key = invitationTokenKey(view, invitation, registrar);
    return key !== null && (await tokenHolds(secrets, key, encodeBase64url(signature)));
  });
  return (await Promise.all(checks)).every((valid) => valid);
}

/** Whether the signature (base64url) is the registrar's under this invitation: what it would check itself, tried out. */
export async function tokenHolds(
  of: InvitationSecrets,
  key: InvitationKey,
  signature: string,
): Promise<boolean> {
  const evidence = of.use(key, decodeBase64url(signature, 256), "");
  return new InvitationVerifier(key).accepts(evidence, "");
}
