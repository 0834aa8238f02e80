/** What happened to a letter, on its timeline, its plot and its page, from a log that holds it. */
import { describe, expect, test } from "vitest";
import {
  answerByMail,
  changeDealings,
  deliver,
  enterChronicle,
  judge,
  SOURCE,
  withhold,
} from "../../../../test/kit/further-leaves.ts";
import { attribute, type LogBuilder, openedLog, readPage, serverOf, siteOf, textIn } from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

const STOP = { id: "stop", title: "Stop the trial", text: "Stop it.", met: "It is stopped." };

function signedLetter() {
  const { log, letter } = openedLog(
    {},
    {
      manifest: (text) => {
        text.demands = [STOP];
        text.addressee = { ...text.addressee, mailbox: "answers@example.com" };
      },
    },
  );
  log.addBatch(
    "2026-03-05",
    [0, 1, 2].map((person) => log.endorse(letter, person)),
  );
  log.addBatch("2026-03-06", [log.endorse(letter, 3)]);
  log.addBatch("2026-03-08", [log.endorse(letter, 4), log.endorse(letter, 5)]);
  return { log, handle: letter, letter: letter.letter, by: log.organisers };
}

async function visit(log: LogBuilder, letter: string, day: string) {
  const { site, files } = await siteOf(log, day);
  const server = serverOf(site);
  const open = async (path: string) => {
    const answer = await server.inject(path);
    return { answer, page: readPage(answer.body) };
  };
  const of = (more: string, before = "") => open(`${before}/w/${log.workforce}/letters/${letter}${more}`);
  return { open, of, files };
}

function happened(page: ReturnType<typeof readPage>): string[] {
  return page
    .tags("li")
    .filter((item) => attribute(item, "id") !== undefined)
    .map((item) => textIn(item).replace(/\s+/g, " "));
}

describe("the timeline", () => {
  test("tells all that the log holds, in order, and puts days between two other events together", async () => {
    const { log, handle, letter, by } = signedLetter();
    log.close(handle, "2026-05-01");
    deliver(log, letter, { day: "2026-05-02", by: by.slice(0, 1) });
    answerByMail(log, letter, { day: "2026-05-06" });
    judge(log, letter, {
      day: "2026-05-07",
      by: by.slice(0, 2),
      edit: (record) => {
        record.demand = "stop";
        record.state = "promised";
        record.until = "2026-05-20";
      },
    });
    changeDealings(log, letter, { day: "2026-05-08", by: by.slice(0, 1) });
    const { of } = await visit(log, letter, "2026-06-01");
    const { page } = await of("/timeline");
    expect(happened(page)).toEqual([
      expect.stringMatching(/Signing begins\.$/),
      "5 March 2026The number appears: 3 signatories.",
      "6 March 2026Until 8 March 2026: 3 more sign; the number is 6.",
      "1 May 2026Closed with 6 signatories.",
      "2 May 2026Delivered by mail.",
      expect.stringMatching(/^6 May 2026The addressee answers by mail\.We have read it/),
      expect.stringMatching(
        /^7 May 20262 organisers judge the demand “Stop the trial”: promised by 20 May 2026\./,
      ),
      "8 May 2026The register of dealings changes: 1 entry changed; it has 1 entry.",
      "21 May 2026The day has passed by which “Stop the trial” was promised.",
    ]);
    expect(dangersIn(page)).toEqual([]);
  });

  test("tells what organisers enter where it belongs, and that it was corrected, taken back or withheld", async () => {
    const { log, letter, by } = signedLetter();
    const enter = (day: string, edit: Parameters<typeof enterChronicle>[2]["edit"]) =>
      enterChronicle(log, letter, { day, by: by.slice(0, 1), ...(edit !== undefined && { edit }) });
    const report = enter("2026-03-09", (record) => {
      record.on = "2026-03-07";
      record.entry = { kind: "report", text: "All of them signed.", source: SOURCE };
    });
    enter("2026-03-10", (record) => {
      record.on = "2026-03-07";
      record.replaces = report.record;
      record.entry = { kind: "report", text: "Some of them signed.", source: SOURCE };
    });
    const figure = enter("2026-03-10", (record) => {
      record.entry = {
        kind: "figure",
        what: "Staff in the office",
        value: "1200",
        unit: "people",
        source: SOURCE,
      };
    });
    enter("2026-03-11", (record) => {
      record.replaces = figure.record;
      record.entry = { kind: "removal", reason: "It was another office." };
    });
    const remark = enter("2026-03-12", undefined);
    withhold(log, remark.record, "2026-03-13");
    const { of } = await visit(log, letter, "2026-04-01");
    const told = happened((await of("/timeline")).page).slice(2);
    expect(told).toEqual([
      expect.stringMatching(/^6 March 2026.*the number is 4\.$/),
      expect.stringMatching(
        /^7 March 2026ReportAll of them signed\..*Entered on 9 March 2026\.Corrected on 10 March 2026\.$/,
      ),
      expect.stringMatching(/^7 March 2026ReportSome of them signed\..*Entered on 10 March 2026\.$/),
      expect.stringMatching(/^8 March 2026.*the number is 6\.$/),
      expect.stringMatching(
        /^10 March 2026Staff in the office: 1,200 people.*Taken back on 11 March 2026\.$/,
      ),
      "11 March 2026Taken backIt was another office.",
      "12 March 2026An entry was made here. Organisers have withheld its text.",
    ]);
  });

  test("says that the number falls where more withdraw than sign", async () => {
    const { log, handle, letter } = signedLetter();
    log.addBatch("2026-03-09", [log.withdraw(handle, 0), log.withdraw(handle, 1)]);
    const { of } = await visit(log, letter, "2026-03-10");
    const { page } = await of("/timeline");
    expect(happened(page).at(-1)).toBe("6 March 2026Until 9 March 2026: 1 more signs; the number is 4.");
    const rows = page.tags("tr").map(textIn);
    expect(rows.slice(1)).toEqual([
      "5 March 20263+31, 2",
      "6 March 20264+13",
      "8 March 20266+2",
      "9 March 20264-2",
    ]);
  });

  test("goes on where it had read to when the log grows, and tells nothing before there is a number", async () => {
    const { log, letter } = openedLog();
    const { site } = await siteOf(log, "2026-03-10");
    let files = site.files(log.workforce);
    const server = serverOf({ ...site, files: () => files });
    const at = `/w/${log.workforce}/letters/${letter.letter}/timeline`;
    expect(happened(readPage((await server.inject(at)).body))).toHaveLength(1);
    for (const [day, people, count] of [
      ["2026-03-05", [0, 1, 2], 3],
      ["2026-03-06", [3], 4],
    ] as const) {
      log.addBatch(
        day,
        people.map((person) => log.endorse(letter, person)),
      );
      files = (await siteOf(log, "2026-03-10")).site.files(log.workforce);
      expect(happened(readPage((await server.inject(at)).body)).at(-1)).toContain(String(count));
    }
  });

  test("of the board has the letters' events, the last first, in every language", async () => {
    const { log, letter } = signedLetter();
    const { open } = await visit(log, letter, "2026-03-10");
    const { page } = await open("/timeline");
    expect(page.text).toMatch(/6 March 2026.*5 March 2026/s);
    const arabic = await open("/ar/timeline");
    expect(arabic.answer.body).toContain('<html lang="ar" dir="rtl">');
    expect(arabic.page.text).toContain("الخط الزمني");
    for (const one of [page, arabic.page]) expect(dangersIn(one)).toEqual([]);
  });
});

describe("a letter's page", () => {
  test("draws its numbers, names mirrors, and leads to translations that say which text is binding", async () => {
    const { log, letter, by } = signedLetter();
    const two = by.slice(0, 2);
    enterChronicle(log, letter, {
      day: "2026-03-09",
      by: two,
      edit: (record) => {
        record.entry = { kind: "mirror", url: "https://mirror.example.com/letters" };
      },
    });
    enterChronicle(log, letter, {
      day: "2026-03-09",
      by: two,
      edit: (record) => {
        record.entry = {
          kind: "translation",
          language: "es",
          title: "Paren la prueba",
          body: "Les pedimos que *paren*.",
          demands: [{ id: "stop", title: "Parar la prueba", text: "Que pare.", met: "Ha parado." }],
          supplement: null,
        };
      },
    });
    const { of } = await visit(log, letter, "2026-03-10");
    const { page } = await of("");
    expect(page.classes("plot")).toHaveLength(1);
    expect(page.text).toContain("6 signatures by 8 March 2026");
    const links = page.tags("a").map((link) => attribute(link, "href"));
    expect(links).toContain("https://mirror.example.com/letters");
    const to = links.find((link) => link?.endsWith("/translations/es"));
    expect(to).toBeDefined();
    const { page: translated, answer } = await of("/translations/es");
    expect(answer.statusCode).toBe(200);
    expect(translated.text).toContain("This is a translation into Spanish that organisers have signed.");
    expect(translated.text).toContain("Paren la prueba");
    expect(translated.text).toContain("The text in English is the binding one");
    expect(dangersIn(translated)).toEqual([]);
    expect((await of("/translations/fr")).answer.statusCode).toBe(404);
    expect((await of("", "/zh")).page.text).toContain("镜像");
  });
});
