import { hiddenWords, plain, totalsWords } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import { describe, expect, test } from "vitest";
import { editJson } from "../../../../test/kit/public-files.ts";

import { openedLog, readPage, serverOf, siteOf } from "./kit.ts";

describe("text that was hidden", () => {
  test("is counted with day and reason, beside those who are shown", async () => {
    const { log, letter } = openedLog({}, { first: 2 });
    const named = (name: string) => ({
      kind: "named" as const,
      name,
      confirmed: null,
      role: null,
      place: null,
    });
    log.addBatch("2026-03-03", [
      ...["Ada Example", "Bad Word", "Worse Word", "www.example.com"].map((name, person) =>
        log.endorse(letter, person, { appearance: named(name) }),
      ),
      log.endorse(letter, 4),
    ]);
    const { site, files } = await siteOf(log, "2026-03-10");
    const reasons: Record<string, string> = {
      "Bad Word": "slur",
      "Worse Word": "slur",
      "www.example.com": "link",
    };
    editJson(files, `openings/${letter.letter}/0.json`, (page) => {
      page.entries = page.entries.map(
        (entry: { index: number; opening: { appearance: { name?: string } } }) => {
          const reason = reasons[entry.opening.appearance.name ?? ""];
          return reason === undefined ? entry : { index: entry.index, hidden: { day: "2026-03-06", reason } };
        },
      );
    });
    const server = serverOf(site);
    const at = `/w/${log.workforce}/letters/${letter.letter}`;
    for (const path of [at, `${at}/signatories/1`]) {
      const { text } = readPage((await server.inject(path)).body);
      expect(text).toContain(
        "5 signatories appear: 1 by name, 0 by role, 3 with what they show hidden and 1 anonymously.",
      );
      expect(text).toContain("1 text has been hidden since 6 March 2026: it had a link in it.");
      expect(text).toContain("2 texts have been hidden since 6 March 2026: they insulted people.");
      expect(text).not.toMatch(/Bad Word|Worse Word|www\.example/);
    }
  });

  test.each(["asked", "impersonation", "invisible", "length", "link", "slur", "waiting"] as const)(
    "has a sentence for one and for many: %s",
    (reason) => {
      const words = [1, 2].map((count) =>
        plain(hiddenWords(sayIn("en"), { count, day: "2026-03-06", reason })),
      );
      expect(words[0]).toMatch(/^1 text has been hidden since 6 March 2026: \w.*\.$/);
      expect(words[1]).toMatch(/^2 texts have been hidden since 6 March 2026: \w.*\.$/);
    },
  );

  test("is not spoken of where there is none", () => {
    expect(totalsWords(sayIn("en"), { named: 1, role: 0, hidden: 0, anonymous: 0 })).not.toContain("hidden");
  });
});
