/**
 * Signing, changing and taking back (PROTOCOL §4, §6, §7, §9). What is made here is a function of the phrase, the
 * tokens and the person's choice, so it can be made again and sent again; the board answers the same leaf with the
 * same receipt. A request holds nothing that a registrar has seen, and anyone may post it for the person.
 */
import {
  type Appearance,
  dayOf,
  type EndorsementRequest,
  type EnrolmentTokens,
  type JsonValue,
  type KeyHead,
  type LetterRef,
  makeEndorsement,
  makeRevision,
  makeWithdrawal,
  nameOf,
  type Receipt,
  type RevisionRequest,
  receipt,
  type Secrets,
  type Token,
  TokenVerifier,
  type WithdrawalRequest,
} from "@undersigned/core";
import { boardPrefix } from "./address.ts";
import { ClientError } from "./errors.ts";
import { findLetter, letterText, requireOffered } from "./letter.ts";
import { withConfirmation } from "./names.ts";
import { post, type Sending } from "./post.ts";
import { checkEndorsementDue, checkEventDue, checkReceipt } from "./receipt.ts";
import { type ClientView, rulesOf } from "./view.ts";

/** Everything a signatory can send to a board. */
export type SignatoryRequest = EndorsementRequest | RevisionRequest | WithdrawalRequest;

interface About {
  readonly view: ClientView;
  readonly secrets: Secrets;
  /** Letter id. */
  readonly letter: string;
  /** The letter's manifest file, where its text is not public. */
  readonly letterFile?: Uint8Array | undefined;
}

export interface EndorsementChoice extends About {
  readonly tokens: EnrolmentTokens;
  /** What confirms a name is filled in from the tokens. */
  readonly appearance: Appearance;
  /** What shall become of it if at closing its batch would be under the letter's minimum. */
  readonly remainder: EndorsementRequest["remainder"];
}

export interface RevisionChoice extends About {
  readonly head: KeyHead;
  readonly appearance: Appearance;
  /** The enrolment, where there is one at hand: its confirmation is shown with a name. */
  readonly tokens?: EnrolmentTokens | undefined;
}

export interface WithdrawalChoice extends About {
  readonly head: KeyHead;
}

export interface Posting extends Sending {
  /** The board's address, with or without the workforce's prefix; the manifest's if left out. */
  readonly board?: string | undefined;
  /** UTC day by which a receipt's promise is judged; the machine's if left out. */
  readonly today?: string | undefined;
}

/** Where a request is sent to, by its type. */
const PATHS = {
  "endorsement-request": "v1/endorsements",
  "revision-request": "v1/revisions",
  "withdrawal-request": "v1/withdrawals",
} as const satisfies Record<SignatoryRequest["type"], string>;

/**
 * The request that endorses a letter. Every token is checked under the logged keys of the letter's slot before one is
 * chosen. Throws `letter-unknown`, `slot-taken`, `letter-text-missing`, `appearance-not-offered`, `wrong-enrolment`
 * (another epoch's tokens), `name-not-confirmed`, `token-invalid` and `too-few-tokens`.
 */
export async function prepareEndorsement(choice: EndorsementChoice): Promise<EndorsementRequest> {
  const { view, secrets, tokens } = choice;
  const { logged, at } = findLetter(view, choice.letter);
  requireEpoch(view, at, tokens);
  const appearance = await withConfirmation(view, secrets, at, tokens, choice.appearance);
  requireOffered(view, at, letterText(logged, choice.letterFile), appearance);
  const { quorum } = rulesOf(view, at.epoch);
  const valid = await validTokens(view, secrets, tokens, at.slot);
  if (valid.length < quorum) {
    throw new ClientError(
      "too-few-tokens",
      `This letter needs tokens of ${quorum} registrars and there are ${valid.length}. Enrol again with the same phrase to get the others.`,
    );
  }
  return makeEndorsement(secrets, at, {
    class: tokens.class,
    tokens: valid,
    quorum,
    appearance,
    remainder: choice.remainder,
  });
}

/** The request that changes how a signatory appears. Throws as `prepareEndorsement` does for letter, appearance and tokens. */
export async function prepareRevision(choice: RevisionChoice): Promise<RevisionRequest> {
  const { view, secrets, tokens } = choice;
  const { logged, at } = findLetter(view, choice.letter);
  if (tokens !== undefined) requireEpoch(view, at, tokens);
  const appearance = await withConfirmation(view, secrets, at, tokens, choice.appearance);
  requireOffered(view, at, letterText(logged, choice.letterFile), appearance);
  return makeRevision(secrets, at, choice.head, appearance);
}

/** The request that takes a signature back. Throws `letter-unknown` or `slot-taken`. */
export function prepareWithdrawal(choice: WithdrawalChoice): WithdrawalRequest {
  const { at } = findLetter(choice.view, choice.letter);
  return makeWithdrawal(choice.secrets, at, choice.head);
}

/**
 * Sends a request to the board, again until it is answered, and checks the receipt. Whoever holds the request may post
 * it. Throws as `post` does, and `letter-unknown`, `receipt-invalid`, `receipt-implausible`.
 */
export async function postRequest(
  view: ClientView,
  request: SignatoryRequest,
  posting: Posting,
): Promise<Receipt> {
  const { logged } = findLetter(view, request.leaf.letter);
  const prefix = boardPrefix(posting.board ?? view.manifest.board.url, view.workforce);
  const answer = await post(prefix, PATHS[request.type], request as unknown as JsonValue, receipt, posting);
  await checkReceipt(view, answer, { letter: request.leaf.letter, leaf: nameOf(request.leaf) });
  const days = { opens: logged.leaf.opens, closes: logged.closes };
  if (request.type === "endorsement-request") checkEndorsementDue(answer, days);
  else checkEventDue(answer, days, posting.today ?? dayOf(Date.now()));
  return answer;
}

/** Endorses a letter: `prepareEndorsement` and `postRequest`. */
export async function endorse(choice: EndorsementChoice, posting: Posting): Promise<Receipt> {
  return postRequest(choice.view, await prepareEndorsement(choice), posting);
}

/** Changes an appearance: `prepareRevision` and `postRequest`. */
export async function revise(choice: RevisionChoice, posting: Posting): Promise<Receipt> {
  return postRequest(choice.view, await prepareRevision(choice), posting);
}

/** Takes a signature back: `prepareWithdrawal` and `postRequest`. */
export async function withdraw(choice: WithdrawalChoice, posting: Posting): Promise<Receipt> {
  return postRequest(choice.view, prepareWithdrawal(choice), posting);
}

function requireEpoch(view: ClientView, { epoch }: LetterRef, tokens: EnrolmentTokens): void {
  if (tokens.workforce === view.workforce && tokens.epoch === epoch) return;
  throw new ClientError(
    "wrong-enrolment",
    `This letter belongs to epoch ${epoch}. Sign with the enrolment of that epoch.`,
  );
}

/**
 * The slot's tokens, all of them checked under the logged keys. A token of a key that is not in the log or that does
 * not verify is an error, not left out: the file was changed, or it is another person's.
 */
async function validTokens(
  view: ClientView,
  secrets: Secrets,
  of: EnrolmentTokens,
  slot: number,
): Promise<Token[]> {
  const keys = new Map(view.tokenKeys(of.epoch, slot, of.class).map((key) => [key.registrar, key]));
  const slotKey = secrets.slotSigner({ workforce: of.workforce, epoch: of.epoch, slot }).publicKey;
  const valid: Token[] = [];
  for (const token of of.tokens) {
    if (token.slot !== slot) continue;
    const key = keys.get(token.registrar);
    const twice = valid.some((other) => other.registrar === token.registrar);
    if (key === undefined || twice || !(await new TokenVerifier(key).verify(token, slotKey))) {
      throw new ClientError(
        "token-invalid",
        "A token of this enrolment does not verify under the keys in the log. Enrol again with the same phrase.",
      );
    }
    valid.push(token);
  }
  return valid;
}
