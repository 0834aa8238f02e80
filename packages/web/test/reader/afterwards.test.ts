/** What a letter's pages say of what became of it, from a log that holds it. */
import { describe, expect, test } from "vitest";
import {
  answerByMail,
  changeDealings,
  DEALING,
  deliver,
  enterStatement,
  judge,
  withhold,
} from "../../../../test/kit/further-leaves.ts";
import { attribute, type LogBuilder, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const STOP = { id: "stop", title: "Stop the trial", text: "Stop it.", met: "It is stopped." };
const PUBLISH = { id: "publish", title: "Publish the contract", text: "Publish it.", met: "It is public." };

/** A closed letter with two demands. */
function closedLetter() {
  const { log, letter } = openedLog(
    {},
    {
      manifest: (text) => {
        text.demands = [STOP, PUBLISH];
        text.addressee = { ...text.addressee, mailbox: "answers@example.com" };
      },
    },
  );
  log.addBatch(
    "2026-03-05",
    [0, 1, 2].map((person) => log.endorse(letter, person)),
  );
  log.close(letter, "2026-05-01");
  return { log, letter: letter.letter, by: log.organisers };
}

async function visit(log: LogBuilder, letter: string, day: string, more = "") {
  const { site, files } = await siteOf(log, day);
  const server = serverOf(site);
  const open = async (path: string) => {
    const answer = await server.inject(`/w/${log.workforce}/letters/${letter}${path}`);
    return { answer, page: readPage(answer.body) };
  };
  return { ...(await open(more)), files, open };
}

function section(page: ReturnType<typeof readPage>, name: string): string {
  const found = page.tags("section").find((one) => attribute(one, "aria-labelledby") === name);
  return found === undefined ? "" : textIn(found);
}

describe("a letter's page", () => {
  test("says nothing of a delivery before there is one", async () => {
    const { log, letter } = closedLetter();
    const { page } = await visit(log, letter, "2026-05-03");
    expect(textIn(page.classes("tally")[0]!)).not.toMatch(/Delivered|answer/);
    expect(section(page, "delivered")).toBe("");
  });

  test("says on which day it was delivered, and for how many days there is no answer", async () => {
    const { log, letter, by } = closedLetter();
    deliver(log, letter, { day: "2026-05-02", by: by.slice(0, 1) });
    const { page } = await visit(log, letter, "2026-05-12");
    expect(textIn(page.classes("tally")[0]!)).toContain("Delivered on 2 May 2026.No answer for 10 days.");
    expect(section(page, "delivered")).toContain("On 2 May 2026, by mail: the document (PDF)");
    expect(dangersIn(page)).toEqual([]);
  });

  test("shows an answer word for word, and says what proves it", async () => {
    const { log, letter, by } = closedLetter();
    deliver(log, letter, { day: "2026-05-02", by: by.slice(0, 1) });
    answerByMail(log, letter, { day: "2026-05-06" });
    const { page } = await visit(log, letter, "2026-05-12");
    expect(textIn(page.classes("tally")[0]!)).toContain("There is an answer of 6 May 2026.");
    const [text] = page.classes("answer-text");
    expect(textIn(text!)).toBe("We have read it. It stays as it is.");
    expect(section(page, "answers")).toContain("from answers@example.com, the mailbox that the letter names");
    const links = page.tags("a").map((link) => attribute(link, "href"));
    expect(links.some((link) => link?.includes("/answers/"))).toBe(true);
  });

  test("marks a statement as one that nobody sent to the organisers", async () => {
    const { log, letter, by } = closedLetter();
    enterStatement(log, letter, { day: "2026-05-06", by: by.slice(0, 1) });
    const { page } = await visit(log, letter, "2026-05-12");
    expect(section(page, "answers")).toContain("Not sent to the organisers");
    expect(section(page, "answers")).toContain("Statement on the trial");
  });

  test("shows the text of an answer no more from the moment that it is withheld, by a server that goes on", async () => {
    const { log, letter, by } = closedLetter();
    deliver(log, letter, { day: "2026-05-02", by: by.slice(0, 1) });
    const { record } = answerByMail(log, letter, { day: "2026-05-06" });
    const { page: before, files, open } = await visit(log, letter, "2026-05-12");
    expect(before.text).toContain("It stays as it is.");
    withhold(log, record, "2026-05-11");
    for (const path of [...files.keys()]) if (/^(records|answers)\//.test(path)) files.delete(path);
    for (const [path, file] of log.documents) files.set(path, file);
    const { page } = await open("");
    expect(page.text).not.toContain("It stays as it is.");
    expect(section(page, "answers")).toContain(
      "Organisers have withheld its text on 11 May 2026, because it names people who have not agreed to be named.",
    );
    expect(textIn(page.classes("tally")[0]!)).toContain("There is an answer");
  });

  test("says how each demand stands, with those judgements that came before", async () => {
    const { log, letter, by } = closedLetter();
    const first = judge(log, letter, { day: "2026-05-06", by });
    judge(log, letter, {
      day: "2026-05-09",
      by,
      edit: (record) => {
        record.state = "promised";
        record.until = "2026-06-01";
        record.reason = "They have said so.";
        record.previous = first.record;
      },
    });
    const { page } = await visit(log, letter, "2026-05-12");
    const text = section(page, "judged");
    expect(text).toContain("Stop the trialPromised by 1 June 2026They have said so.");
    expect(text).toContain("Judged before: 1 timeUnansweredNothing has been said of it.");
    expect(text).toContain("Publish the contractNot judged yet");
    const late = await visit(log, letter, "2026-06-02");
    expect(section(late.page, "judged")).toContain("Promised by 1 June 2026; that day has passed");
  });
});

describe("the register", () => {
  function withRegister() {
    const { log, letter, by } = closedLetter();
    const row = (id: string, change: Partial<typeof DEALING>) => ({
      row: `own:${id}`,
      entry: { ...DEALING, ...change },
    });
    const big = { amount: "10000000.00", currency: "USD", kind: "current" } as const;
    const first = changeDealings(log, letter, {
      day: "2026-05-02",
      by: by.slice(0, 1),
      edit: (record) => {
        record.changes = [
          row("a", { what: "Engines", agreed: "2024-01-01" }),
          row("b", { what: "Lenses", recipient: "Office of Samples", value: big }),
          row("c", { what: "=Wires", status: "denied" }),
        ];
      },
    });
    changeDealings(log, letter, {
      day: "2026-05-09",
      by: by.slice(0, 1),
      edit: (record) => {
        record.previous = first.record;
        record.changes = [
          row("a", { what: "Engines", agreed: "2024-01-01", status: "confirmed" }),
          { row: "own:b", entry: null },
        ];
      },
    });
    return { log, letter };
  }

  const rowsOf = (page: ReturnType<typeof readPage>) =>
    page.tags("tr").flatMap((row) => attribute(row, "id") ?? []);

  test("is a table that links and a form sort and filter, without script", async () => {
    const { log, letter } = withRegister();
    const { answer, page, open } = await visit(log, letter, "2026-05-12", "/register");
    expect(answer.headers["content-security-policy"]).toContain("form-action 'self'");
    expect(page.tags("script")).toEqual([]);
    expect(dangersIn(page, { form: true })).toEqual([]);
    expect(rowsOf(page)).toEqual(["own:c", "own:a"]);
    expect(rowsOf((await open("/register?sort=agreed-up")).page)).toEqual(["own:a", "own:c"]);
    expect(rowsOf((await open("/register?status=denied")).page)).toEqual(["own:c"]);
    expect(rowsOf((await open("/register?text=engines&year=2024")).page)).toEqual(["own:a"]);
    expect(rowsOf((await open("/register?agency=Office+of+Samples")).page)).toEqual([]);
    expect(rowsOf((await open("/register?utm_source=x&sort=%00&page=-1")).page)).toHaveLength(2);
  });

  test("keeps the history of each row, of one that was taken out too", async () => {
    const { log, letter } = withRegister();
    const { page, open } = await visit(log, letter, "2026-05-12", "/register/own:a");
    expect(page.text).toContain("9 May 2026Changed:StatusBefore: Reported Now: Confirmed by the company");
    expect(page.text).toContain("2 May 2026Entered:");
    const gone = (await open("/register/own:b")).page;
    expect(gone.text).toContain("Taken out of the register on 9 May 2026.");
    expect(gone.text).toContain("Lenses");
    expect((await open("/register/own:z")).answer.statusCode).toBe(404);
    for (const one of [page, gone]) expect(dangersIn(one)).toEqual([]);
  });

  test("comes as files whose cells are no formulas", async () => {
    const { log, letter } = withRegister();
    const { open } = await visit(log, letter, "2026-05-12");
    const csv = (await open("/register.csv")).answer;
    expect(csv.headers["content-disposition"]).toContain("register.csv");
    expect(csv.body).toContain(`"'=Wires"`);
    expect(csv.body).not.toContain("Lenses");
    const json = JSON.parse((await open("/register.json")).answer.body);
    expect(json.rows).toHaveLength(2);
  });

  test("is not there where nothing was entered", async () => {
    const { log, letter } = closedLetter();
    for (const path of ["/register", "/register.csv", "/register.json", "/register/own:a"]) {
      expect((await visit(log, letter, "2026-05-12", path)).answer.statusCode, path).toBe(404);
    }
  });
});
