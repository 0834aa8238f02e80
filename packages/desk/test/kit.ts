/** A served board with a desk, a clock that is set, and organisers who sign as a page does. */
import {
  boardEvents,
  createBoardKeys,
  type FetchIssuance,
  type RunningBoard,
  startBoard,
} from "@undersigned/board";
import {
  type ActAnswer,
  type ActBody,
  addDays,
  type DeskActName,
  type DeskRequest,
  type DeskSession,
  deskAddressOf,
  encodeBase64url,
  encodeCanonical,
  encodeLeaf,
  type JsonObject,
  type JsonValue,
  leafName,
  makeDeskRequest,
  type Role,
  randomBytes,
  type Signer,
  signerFromSeed,
  signSignIn,
} from "@undersigned/core";
import { createLogger, type FetchOutside, httpEvents } from "@undersigned/service";
import { httpSource, openWorkforce } from "@undersigned/verify";
import { endsWithTest, temporaryFolder } from "../../../test/kit/test-end.ts";
import { type Desk, type DeskOptions, withDesk } from "../src/index.ts";

export const LOCK = { passphrase: "only for tests" };

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** `refused: code` of an answer, or `ok`. */
export function outcome({ status, body }: Answer): string {
  return status === 200 ? "ok" : `${body.code}`;
}

export const randomId = (): string => encodeBase64url(randomBytes(16));

export class Desks {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly out: string[] = [];
  now = Date.parse("2026-03-01T12:00:00Z");
  board!: RunningBoard;
  desk!: Desk;
  token: string | null = null;
  /** Nobody answers, unless a test says how. */
  fetchIssuance: FetchIssuance = () => Promise.reject(new Error("down"));
  /** There is no outside, unless a test says how. */
  fetchOutside: FetchOutside = async () => ({ kind: "failure", why: "unreachable" });
  /** Where pages are open, if not at the address that the board listens on. */
  address: string | undefined;

  /** How the desk is set up, at its next start. */
  options: DeskOptions;

  private constructor(dataDir: string, databaseUrl: string | undefined, options: DeskOptions) {
    this.dataDir = dataDir;
    this.databaseUrl = databaseUrl;
    this.options = options;
  }

  static async start(databaseUrl?: string, options: DeskOptions = {}): Promise<Desks> {
    const dataDir = await temporaryFolder();
    const desks = new Desks(dataDir, databaseUrl, options);
    await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
    await desks.open();
    endsWithTest(() => desks.board.close());
    return desks;
  }

  /** The desk, or another process of the same board. */
  async open(): Promise<void> {
    this.token = null;
    this.board = await this.serve((desk, token) => {
      this.desk = desk;
      this.token = token;
    });
  }

  async another(): Promise<RunningBoard> {
    const board = await this.serve(() => {});
    endsWithTest(() => board.close());
    return board;
  }

  private async serve(opened: (desk: Desk, token: string | null) => void): Promise<RunningBoard> {
    let desk!: Desk;
    let token: string | null = null;
    const clock = { now: () => this.now, day: () => new Date(this.now).toISOString().slice(0, 10) };
    const board = await startBoard({
      dataDir: this.dataDir,
      databaseUrl: this.databaseUrl,
      lock: LOCK,
      clock,
      fetchIssuance: (url, request) => this.fetchIssuance(url, request),
      listen: { host: "127.0.0.1", port: 0 },
      logger: createLogger(
        { ...boardEvents, ...httpEvents },
        { stream: { write: (line) => this.out.push(line) }, clock },
      ),
      extension: withDesk({
        fetchOutside: (url) => this.fetchOutside(url),
        limits: false,
        ...this.options,
        onOpened: (one) => {
          desk = one;
        },
        onSetUpToken: (one) => {
          token = one;
        },
      }),
    });
    opened(desk, token);
    return board;
  }

  /** Slot of the next letter, and the leaf before it, as a page reads them in the log. */
  async nextPlace(workforce: string): Promise<{ slot: number; previous: string | null }> {
    const view = await openWorkforce(httpSource(`${this.board.url}/w/${workforce}/`), workforce);
    const letters = [...view.letters.values()].sort((a, b) => a.index - b.index);
    const last = letters.at(-1);
    return { slot: letters.length, previous: last === undefined ? null : leafName(encodeLeaf(last.leaf)) };
  }

  passDays(days: number): void {
    this.now = Date.parse(`${addDays(new Date(this.now).toISOString().slice(0, 10), days)}T12:00:00Z`);
  }

  async post(
    name: string,
    body: JsonValue,
    headers: Record<string, string> = {},
    url = this.address ?? this.board.url,
  ): Promise<Answer> {
    const response = await fetch(`${url}/desk/v1/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: new Uint8Array(encodeCanonical(body)),
    });
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  async challenge(): Promise<string> {
    const { body } = await this.post("challenge", { type: "desk-challenge-request", v: 1 });
    return body.challenge as string;
  }

  /** The first owner. */
  async owner(alias = "Owner"): Promise<Member> {
    const member = new Member(this, alias);
    await member.comeIn("set-up", { token: this.token!, alias });
    return member;
  }

  /** Somebody whom `owner` has invited. */
  async invited(owner: Member, role: Role, alias: string): Promise<Member> {
    const { invitation } = await owner.act("invite", { id: randomId(), role });
    const member = new Member(this, alias);
    await member.comeIn("join", { invitation, alias });
    return member;
  }
}

export class Member {
  readonly desks: Desks;
  readonly alias: string;
  readonly organiser: Signer;
  session: Signer = signerFromSeed(randomBytes(32));
  counter = 0;
  id = "";

  constructor(desks: Desks, alias: string, organiser: Signer = signerFromSeed(randomBytes(32))) {
    this.desks = desks;
    this.alias = alias;
    this.organiser = organiser;
  }

  /** The body of a way in, signed as it should be. */
  async wayIn(name: string, more: JsonObject = {}): Promise<JsonObject> {
    const at = {
      board: this.desks.desk.boardKey,
      challenge: await this.desks.challenge(),
      session: this.session.publicKey,
    };
    return {
      type: `desk-${name}`,
      v: 1,
      challenge: at.challenge,
      session: at.session,
      key: this.organiser.publicKey,
      sig: signSignIn(at, this.organiser),
      ...more,
    };
  }

  async comeIn(name: "set-up" | "join" | "sign-in", more: JsonObject = {}): Promise<DeskSession> {
    const answer = await this.desks.post(name, await this.wayIn(name, more));
    if (answer.status !== 200) throw new Error(outcome(answer));
    const session = answer.body as unknown as DeskSession;
    this.id = session.me.id;
    this.counter = session.counter;
    return session;
  }

  /** A new page of the same person. */
  async signInAgain(): Promise<DeskSession> {
    this.session = signerFromSeed(randomBytes(32));
    return await this.comeIn("sign-in");
  }

  request<A extends DeskActName>(
    act: A,
    body: ActBody<A>,
    organiser: Signer | null = this.organiser,
  ): DeskRequest {
    this.counter += 1;
    return makeDeskRequest(
      {
        board: this.desks.desk.boardKey,
        session: this.session.publicKey,
        counter: this.counter,
        act,
        body: body as JsonObject,
      },
      this.session,
      organiser,
    );
  }

  async try<A extends DeskActName>(act: A, body: ActBody<A>, organiser?: Signer | null): Promise<Answer> {
    return await this.desks.post(
      deskAddressOf(act),
      this.request(act, body, organiser) as unknown as JsonObject,
    );
  }

  async act<A extends DeskActName>(act: A, body: ActBody<A>): Promise<ActAnswer<A>> {
    const answer = await this.try(act, body);
    if (answer.status !== 200) throw new Error(outcome(answer));
    return answer.body.body as unknown as ActAnswer<A>;
  }
}
