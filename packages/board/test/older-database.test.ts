/** A board goes on with the database of the version before. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { Kit, shownName } from "./kit.ts";

it("a database without unlisted letters, early closings and hidden text is brought up to date, and recounts as before", async () => {
  const kit = await Kit.start();
  const letter = await kit.publish({ first: 1 });
  const appearance = {
    kind: "named" as const,
    name: "Amara Example",
    confirmed: null,
    role: null,
    place: null,
  };
  await kit.board.acceptEndorsement(kit.workforce, kit.person(letter).endorsement({ appearance }) as never);
  await kit.nextDay();
  await kit.board.close();

  // As the first version has left it.
  const file = new DatabaseSync(join(kit.dataDir, "board.sqlite"));
  for (const table of [
    "hidden_opening",
    "unlisted_letter",
    "early_closing",
    "delivery",
    "record_leaf",
    "dealing_row",
    "followed",
  ])
    file.exec(`drop table ${table}`);
  expect(file.prepare("delete from migration where name > '0001-board'").run().changes).toBe(4);
  const rows = file.prepare("select number, index_file from workforce").all() as {
    number: number;
    index_file: Uint8Array;
  }[];
  for (const { number, index_file } of rows) {
    const before = new TextDecoder()
      .decode(index_file)
      .replaceAll(/"earlyClosing":null,|"(?:deliveries|responses|judgements|dealings|chronicle)":\[\],/g, "");
    expect(before.length).toBeLessThan(index_file.length);
    file.prepare("update workforce set index_file = ? where number = ?").run(Buffer.from(before), number);
  }
  file.close();

  await kit.open();
  expect(await kit.recounted()).toMatchObject({ ok: true, letters: [{ counted: { mailbox: 1 } }] });
  expect((await kit.openings(letter.id)).entries.map(shownName)).toEqual(["Amara Example"]);
  const second = await kit.publish({ first: 1 });
  expect(await kit.recounted()).toMatchObject({ ok: true, letters: [{}, { letter: second.id }] });
});
