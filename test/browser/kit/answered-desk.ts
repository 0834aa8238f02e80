/**
 * A desk whose board is played: every act is answered by what the test gives, in the shapes of the act. It shows pages in states
 * that would take days to come about; whether a real board answers so is shown by the stories with one.
 */
import {
  type ActAnswer,
  type ActBody,
  type DeskActName,
  deskActs,
  deskRequest,
  encodeBase64url,
  encodeCanonical,
  generatePhrase,
  type JsonValue,
  type Role,
  Secrets,
  signerFromSeed,
} from "@undersigned/core";
import type { Language } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { BrowserContext, Page, Route } from "playwright-core";

export type Answers = { readonly [A in DeskActName]?: (body: ActBody<A>) => ActAnswer<A> };

export interface AnsweredDesk {
  readonly phrase: string;
  /** The organiser's public key. */
  readonly key: string;
  /** Acts that were asked for, in their order. */
  readonly asked: { readonly act: DeskActName; readonly body: unknown }[];
  /** Opens the desk in this language, English if left out, and comes in by the phrase. */
  enter(page: Page, origin: string, language?: Language): Promise<void>;
}

const bytes = (value: number, length: number) => encodeBase64url(new Uint8Array(length).fill(value));
export const id16 = (value: number) => bytes(value, 16);
export const id32 = (value: number) => bytes(value, 32);
const BOARD = signerFromSeed(new Uint8Array(32).fill(1)).publicKey;

export async function answerDesk(
  context: BrowserContext,
  role: Role,
  day: string,
  answers: Answers,
): Promise<AnsweredDesk> {
  const phrase = generatePhrase();
  const me = { id: id16(1), alias: "Heron", role, since: day };
  const { publicKey } = new Secrets(phrase).organiserSigner(BOARD);
  const asked: AnsweredDesk["asked"] = [];
  const answer = (route: Route, value: unknown, status = 200) =>
    route.fulfill({
      status,
      contentType: "application/json",
      body: Buffer.from(encodeCanonical(value as JsonValue)),
    });
  await context.route("**/desk/v1/challenge", (route) =>
    answer(route, { type: "desk-challenge", v: 1, board: BOARD, challenge: bytes(3, 48), ready: "yes" }),
  );
  await context.route("**/desk/v1/sign-in", (route) =>
    answer(route, {
      type: "desk-session",
      v: 1,
      me,
      board: BOARD,
      counter: 0,
      until: day,
      storeKey: id32(4),
    }),
  );
  await context.route(/\/desk\/v1\/(?:acts|copies)$/, async (route) => {
    const { act, body } = deskRequest.check(JSON.parse(route.request().postData() ?? "") as JsonValue, "");
    asked.push({ act, body });
    const make = answers[act] as ((body: unknown) => unknown) | undefined;
    if (make === undefined) {
      const error = { type: "error", v: 1, code: "not-found", message: "Nobody plays this act." };
      return await answer(route, error, 404);
    }
    const made = deskActs[act].answer.check(make(deskActs[act].body.check(body, "")) as JsonValue, "");
    await answer(route, { type: "desk-answer", v: 1, act, body: made });
  });
  return {
    phrase,
    key: publicKey,
    asked,
    async enter(page, origin, language = "en") {
      const say = sayIn(language);
      await page.goto(`${origin}${language === "en" ? "" : `/${language}`}/desk`);
      await page.getByLabel(say("desk.your-phrase"), { exact: true }).fill(phrase);
      await page.getByRole("button", { name: say("desk.come-in-with-the-phrase"), exact: true }).click();
      await page.locator(".desk-nav").waitFor();
    },
  };
}

/** A document's fields as a board keeps them. */
export class AnsweredDocument {
  readonly #summary: ActAnswer<"document-read">["summary"];
  readonly #workforce: string;
  readonly #owners: readonly string[];
  readonly #fields = new Map<string, ActAnswer<"document-read">["fields"][number]>();

  constructor(
    summary: ActAnswer<"document-read">["summary"],
    workforce: string,
    owners: readonly string[],
    values: Readonly<Record<string, unknown>>,
  ) {
    this.#summary = summary;
    this.#workforce = workforce;
    this.#owners = [...owners].sort();
    const { day } = summary;
    for (const [name, value] of Object.entries(values))
      this.#fields.set(name, { name, version: 1, value: JSON.stringify(value), by: "Otter", day });
  }

  value(name: string): unknown {
    const field = this.#fields.get(name);
    return field === undefined ? undefined : (JSON.parse(field.value) as unknown);
  }

  read(): ActAnswer<"document-read"> {
    const fields = [...this.#fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const [summary, workforce, owners] = [this.#summary, this.#workforce, [...this.#owners]];
    return { summary, workforce, replaces: null, board: null, owners, fields };
  }

  save({ changes }: ActBody<"document-save">): ActAnswer<"document-save"> {
    const { day } = this.#summary;
    const saved = changes.map(({ name, value }) => {
      const version = (this.#fields.get(name)?.version ?? 0) + 1;
      this.#fields.set(name, { name, version, value, by: "Heron", day });
      return { name, version };
    });
    return { saved, conflicts: [] };
  }
}
