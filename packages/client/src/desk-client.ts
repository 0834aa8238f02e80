/**
 * The organisers' desk as a page or a program sees it (PROTOCOL §9): a way in, then acts, each signed by a key that is made
 * here and is nowhere but in this object. Nothing is kept: whoever drops the object has signed out as far as this side goes.
 *
 * Acts go one after another, so that their numbers rise. Where an answer is lost, the same act is asked for again under a new
 * number: the board makes no second thing of it. The server is trusted for nothing but its answers' content: they are bounded
 * and must have their shape.
 */
import {
  type ActAnswer,
  type ActBody,
  challengeAnswer,
  DESK_REFUSALS,
  type DeskActName,
  type DeskRefusal,
  type DeskSession,
  deskActs,
  deskAddressOf,
  deskAnswer,
  type JsonObject,
  type JsonValue,
  MAX_DESK_BYTES,
  makeDeskRequest,
  passkeyChallenge,
  randomBytes,
  type Shape,
  type Signer,
  type SignIn,
  sessionAnswer,
  signerFromSeed,
  signSignIn,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { pause, pauseAfter, post, type Sending } from "./post.ts";

/** The organiser's key at the board with this public key (base64url): `Secrets.organiserSigner`. */
export type OrganiserAt = (board: string) => Signer;

/** A board that visits a link for us takes twenty seconds at most, and then compares. */
const VISIT_TIMEOUT_MS = 45_000;

export class DeskClient {
  readonly #base: string;
  readonly #sending: Sending;
  #key: Signer | null = null;
  #session: DeskSession | null = null;
  #counter = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** `base` is the board's address. */
  constructor(base: string, sending: Sending) {
    this.#base = base;
    this.#sending = sending;
  }

  /** What the board said when somebody came in; null before, and after the session is over. */
  get session(): DeskSession | null {
    return this.#session;
  }

  /** Whether somebody has set up this desk, and the board's public key. */
  async look(): Promise<{ readonly board: string; readonly isReady: boolean }> {
    const { board, ready } = await this.#challenge();
    return { board, isReady: ready === "yes" };
  }

  /** With the token of the set-up link. As all ways in, throws as `post` does: `deskRefusalOf` tells why it was refused. */
  setUp(token: string, alias: string, organiser: OrganiserAt): Promise<DeskSession> {
    return this.#comeInByKey("set-up", organiser, { token, alias });
  }

  join(invitation: string, alias: string, organiser: OrganiserAt): Promise<DeskSession> {
    return this.#comeInByKey("join", organiser, { invitation, alias });
  }

  signIn(organiser: OrganiserAt): Promise<DeskSession> {
    return this.#comeInByKey("sign-in", organiser, {});
  }

  /** `assert` asks the authenticator to sign the challenge (32 bytes, base64url), and gives its PublicKeyCredential as JSON. */
  async signInPasskey(assert: (challenge: string) => Promise<JsonObject>): Promise<DeskSession> {
    const { key, at } = await this.#begin();
    const assertion = await assert(passkeyChallenge(at));
    const { challenge, session } = at;
    return await this.#comeIn("passkey", key, at, {
      type: "desk-passkey-sign-in",
      v: 1,
      challenge,
      session,
      assertion,
    });
  }

  /**
   * One act; `organiser` where the act needs the organiser key. Durable when it resolves. Throws ClientError `desk-closed`
   * where nobody is signed in, and as `post` does; after `session-over` nobody is.
   */
  call<A extends DeskActName>(act: A, body: ActBody<A>, organiser?: Signer): Promise<ActAnswer<A>> {
    const turn = this.#last.then(() => this.#act(act, body, organiser ?? null));
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Forgets the session here. The board is told by the act `sign-out`. */
  forget(): void {
    this.#key = null;
    this.#session = null;
  }

  async #act<A extends DeskActName>(
    act: A,
    body: ActBody<A>,
    organiser: Signer | null,
  ): Promise<ActAnswer<A>> {
    const { attempts = 5, wait = pause } = this.#sending;
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#once(act, body as JsonObject, organiser);
        if (act === "sign-out" || act === "sign-out-everywhere") this.forget();
        return answer as ActAnswer<A>;
      } catch (error) {
        if (deskRefusalOf(error) === "session-over") this.forget();
        const isLost = error instanceof ClientError && error.code === "no-answer";
        if (!isLost || attempt >= attempts) throw error;
        await wait(pauseAfter(attempt));
      }
    }
  }

  async #once(act: DeskActName, body: JsonObject, organiser: Signer | null): Promise<unknown> {
    const [key, session] = [this.#key, this.#session];
    if (key === null || session === null) {
      throw new ClientError("desk-closed", "Nobody is signed in here: sign in, and do the same again.");
    }
    this.#counter += 1;
    const at = { board: session.board, session: key.publicKey, counter: this.#counter, act, body };
    const request = makeDeskRequest(at, key, organiser);
    const answer = await post(
      this.#base,
      `desk/v1/${deskAddressOf(act)}`,
      request as unknown as JsonValue,
      answerOf(act),
      {
        ...this.#sending,
        maxAnswerBytes: MAX_DESK_BYTES,
        // A number is good once: each try is a request of its own.
        attempts: 1,
        ...(act === "copy-compare" && { timeoutMs: VISIT_TIMEOUT_MS }),
      },
    );
    return answer.body;
  }

  async #challenge() {
    const request = { type: "desk-challenge-request", v: 1 };
    return await post(this.#base, "desk/v1/challenge", request, challengeAnswer, this.#sending);
  }

  async #begin(): Promise<{ readonly key: Signer; readonly at: SignIn }> {
    const { board, challenge } = await this.#challenge();
    const key = signerFromSeed(randomBytes(32));
    return { key, at: { board, challenge, session: key.publicKey } };
  }

  async #comeInByKey(
    name: "set-up" | "join" | "sign-in",
    organiserAt: OrganiserAt,
    more: JsonObject,
  ): Promise<DeskSession> {
    const { key, at } = await this.#begin();
    const organiser = organiserAt(at.board);
    const { challenge, session } = at;
    const entry = { type: `desk-${name}`, v: 1, challenge, session, key: organiser.publicKey };
    return await this.#comeIn(name, key, at, { ...entry, sig: signSignIn(at, organiser), ...more });
  }

  async #comeIn(name: string, key: Signer, at: SignIn, body: JsonObject): Promise<DeskSession> {
    const session = await post(this.#base, `desk/v1/${name}`, body, sessionAnswer, this.#sending);
    if (session.board !== at.board) {
      throw new ClientError("answer-malformed", "The board answers for another one. Check its address.");
    }
    this.#key = key;
    this.#session = session;
    this.#counter = session.counter;
    return session;
  }
}

/** Why the desk refused; null for any other error, and for what only HTTP refuses. */
export function deskRefusalOf(error: unknown): DeskRefusal | null {
  if (!(error instanceof ClientError) || error.code !== "refused" || error.remote === null) return null;
  return Object.hasOwn(DESK_REFUSALS, error.remote) ? (error.remote as DeskRefusal) : null;
}

/** An answer to this act and no other. */
function answerOf(act: DeskActName): Shape<{ readonly body: unknown }> {
  return {
    check(value, path) {
      const answer = deskAnswer.check(value, path);
      if (answer.act !== act) throw new ClientError("answer-malformed", "The board answered something else.");
      deskActs[act].answer.check(answer.body, `${path}/body`);
      return answer;
    },
    schema: deskAnswer.schema,
  };
}
