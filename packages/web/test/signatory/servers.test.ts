/** The whole way of the page against a real board and a real registrar, without a page: what is written here is all that the screens add. */
import { endorse } from "@undersigned/client";
import { addDays, openEnrolment, Secrets, sealEnrolment } from "@undersigned/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOSES, startWorld, type World } from "../../../../test/kit/servers/world.ts";
import type { Event } from "../../src/islands/signatory/machine/event.ts";
import { initialState, type State } from "../../src/islands/signatory/machine/state.ts";
import { readReceipt, readRequest } from "../../src/islands/signatory/work/read-file.ts";
import { act, typed } from "./kit.ts";
import { startPage } from "./page-kit.ts";

function codeIn(mail: string): string {
  return /Your code is (\d{8})/.exec(mail)?.[1] ?? "";
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

function visit() {
  const [letter = ""] = world.letters;
  const page = startPage(
    {
      fetch: (input, init) => fetch(input, init),
      origin: new URL(world.board.url).origin,
      today: () => world.clock.day,
    },
    initialState({ workforce: world.workforce, letter, mark: "same", invitation: null, linkKey: null }),
  );
  page.send({ type: "started" });
  return page;
}
type Page = ReturnType<typeof visit>;

function press(page: Page, ...events: readonly Event[]): void {
  for (const event of events) page.send(event);
}

/** To the mailbox with a phrase that was confirmed. */
async function makePhrase(page: Page): Promise<string> {
  await page.until("warning");
  press(page, act("own-device"), act("go-on"), act("make-phrase"));
  const { phrase, asked } = await page.until("phrase-shown");
  const words = phrase?.split(" ") ?? [];
  press(page, act("written-down"));
  for (const [i, at] of asked.entries()) {
    page.send(typed(`word${i}` as "word0", words[at] ?? ""));
  }
  press(page, act("confirm"));
  expect(page.state.screen).toBe("mailbox");
  return phrase ?? "";
}

async function enrolAs(page: Page, mailbox: string): Promise<State> {
  press(page, typed("mailbox", mailbox), act("send-code"));
  await page.until("code");
  press(page, typed("code", codeIn((await world.smtp.waitFor(mailbox, 20_000)).raw)), act("check-code"));
  return page.when(({ screen }) => screen === "later" || screen === "enrol-failed");
}

async function settled(page: Page): Promise<State> {
  return page.when(({ busy }) => busy === null);
}

describe("The whole way", () => {
  let phrase = "";
  let receipt: Uint8Array;

  it("leads from a mailbox to a receipt", async () => {
    const page = visit();
    phrase = await makePhrase(page);
    expect((await enrolAs(page, "first.visitor@example.com")).screen).toBe("later");
    press(page, act("save-enrolment"));
    await settled(page);
    const saved = page.files.get("enrolment.json") ?? new Uint8Array();
    expect((await openEnrolment(new Secrets(phrase), world.workforce, saved)).tokens).toHaveLength(16);
    press(
      page,
      act("sign-now"),
      typed("kind", "role"),
      typed("role", "Engineer"),
      act("go-on"),
      act("go-on"),
    );
    expect(page.state.screen).toBe("review");
    press(page, act("sign"));
    const { taken } = await page.until("receipt");
    expect([taken?.implausible, taken?.receipt.due]).toEqual([false, addDays(CLOSES, 1)]);
    press(page, act("save-receipt"));
    await settled(page);
    receipt = page.files.get("receipt.json") ?? new Uint8Array();
    expect(readReceipt(receipt)).toEqual(taken?.receipt);
    press(page, act("check-receipt"));
    expect((await settled(page)).checked).toEqual({ state: "waiting", due: addDays(CLOSES, 1) });
  });

  it("makes the same endorsement as the client does: the second tab gets the same receipt", async () => {
    const page = visit();
    await page.until("warning");
    press(page, act("own-device"), act("have-phrase"), typed("phrase", phrase), act("look-up"));
    expect((await page.until("state")).standing?.state).toBe("not-in-the-log");
    press(page, act("sign-now"));
    const { log, enrolling, link } = await enrolAs(page, "first.visitor@example.com");
    const made = await endorse(
      {
        view: log!.view,
        secrets: new Secrets(phrase),
        letter: link!.letter,
        tokens: enrolling.tokens!,
        appearance: { kind: "role", role: "Engineer", place: null },
        remainder: "destroy",
      },
      { fetch, board: world.board.url, today: world.clock.day },
    );
    expect(made).toEqual(readReceipt(receipt));
    press(page, act("sign-now"), typed("kind", "anonymous"), act("go-on"), act("go-on"), act("sign"));
    const { problem } = await page.until("review").then(() => settled(page));
    expect(problem).toEqual({ code: "already-endorsed", settled: true });
  });

  it("enrols anew with the same phrase where the saved enrolment is of another period", async () => {
    const page = visit();
    await page.until("warning");
    const tokens = {
      type: "tokens",
      v: 1,
      workforce: world.workforce,
      epoch: 7,
      class: "mailbox",
      tokens: [],
    } as const;
    const file = await sealEnrolment(new Secrets(phrase), {
      ...tokens,
      tokens: [],
      invitations: [],
      names: [],
    });
    press(page, act("own-device"), act("have-phrase"), typed("phrase", phrase));
    press(page, { type: "file", of: "enrolment", file }, act("look-up"));
    const { note, enrolling } = await page.until("state");
    expect([note, enrolling.tokens]).toEqual(["other-period", null]);
    press(page, act("sign-now"));
    expect((await enrolAs(page, "first.visitor@example.com")).screen).toBe("later");
  });

  it("refuses another phrase for the same mailbox, and says so", async () => {
    const page = visit();
    await makePhrase(page);
    const { screen, enrolling } = await enrolAs(page, "first.visitor@example.com");
    expect([screen, enrolling.outcomes.map(({ code }) => code)]).toEqual([
      "enrol-failed",
      ["already-enrolled"],
    ]);
  });

  it("finds the signature in the log when it has come out, by receipt and by phrase", async () => {
    await world.moveTo(addDays(world.clock.day, 1));
    const page = visit();
    await page.until("warning");
    press(
      page,
      act("have-phrase"),
      { type: "file", of: "receipt", file: readReceipt(receipt) },
      act("check-receipt"),
    );
    const { checked } = await page.until("state");
    expect(checked?.state).toBe("in-the-log");
    press(page, act("back"), typed("phrase", phrase), act("look-up"));
    const { standing } = await page.when((now) => now.screen === "state" && now.standing !== null);
    expect(standing).toMatchObject({
      state: "counted",
      shown: { kind: "role", role: "Engineer", place: null },
    });
    expect(standing?.place).toBe(checked?.state === "in-the-log" ? checked.index : null);
  });

  it("changes how somebody appears, compares with others, and takes the signature back", async () => {
    const page = visit();
    await page.until("warning");
    press(page, act("have-phrase"), typed("phrase", phrase), act("look-up"));
    await page.until("state");
    press(page, act("revise"));
    const { looks } = await page.when((now) => typeof now.looks === "object" && now.looks !== null);
    expect(looks).toMatchObject({ counted: 1, shown: 1 });
    press(page, typed("kind", "named"), typed("name", "Visitor Example"), act("go-on"), act("sign"));
    const revised = await page.until("receipt");
    expect([revised.taken?.request, revised.head?.seq]).toEqual(["revision-request", 1]);
    await world.moveTo(addDays(world.clock.day, 1));
    press(page, act("see-state"));
    const { standing } = await page.until("state");
    expect(standing).toMatchObject({
      state: "counted",
      head: { seq: 1 },
      shown: { name: "Visitor Example" },
    });
    press(page, act("withdraw"), act("withdraw-yes"));
    await page.until("withdrawn");
    await world.moveTo(addDays(world.clock.day, 1));
    press(page, act("check-receipt"));
    expect((await settled(page)).checked?.state).toBe("in-the-log");
    press(page, act("see-state"));
    expect((await page.until("state")).standing).toMatchObject({ state: "withdrawn", head: { seq: 2 } });
  });

  it("lets somebody else send a file, from a page that knows nothing of the signatory", async () => {
    const maker = visit();
    await makePhrase(maker);
    await enrolAs(maker, "second.visitor@example.com");
    press(maker, act("sign-now"), typed("kind", "anonymous"), act("go-on"), act("go-on"), act("make-file"));
    await settled(maker);
    const request = readRequest(maker.files.get("request.json") ?? new Uint8Array());
    expect(request?.type).toBe("endorsement-request");
    const sender = visit();
    await sender.until("warning");
    press(sender, act("open-file-send"), { type: "file", of: "request", file: request }, act("send-file"));
    const { taken } = await sender.until("receipt");
    expect(taken?.foreign).toBe(true);
    press(maker, act("sign"));
    expect((await maker.until("receipt")).taken?.receipt).toEqual(taken?.receipt);
  });

  it("changes and takes back what has not come out yet, with what the page still knows", async () => {
    const page = visit();
    await makePhrase(page);
    await enrolAs(page, "third.visitor@example.com");
    press(page, act("sign-now"), typed("kind", "anonymous"), act("go-on"), act("go-on"), act("sign"));
    await page.until("receipt");
    press(page, act("see-state"));
    await page.until("state");
    press(page, act("withdraw"), act("withdraw-yes"));
    expect((await page.until("withdrawn")).taken?.request).toBe("withdrawal-request");
  });
});
