import { sql } from "kysely";
import { expect, it } from "vitest";
import { eachDatabase } from "../src/testing.ts";
import { startChild } from "./child/child.ts";
import { notes } from "./child/notes.ts";

eachDatabase("after a process is killed", (under) => {
  const bodies = async (url: string) => {
    const database = await under.open<unknown>({ url, migrations: notes });
    const { rows } = await sql<{ body: string }>`select body from note`.execute(database.db);
    return rows.map(({ body }) => body);
  };

  it("what it had committed is there", async () => {
    const url = await under.freshUrl();
    const child = startChild(url, "commit");
    expect(await child.word()).toBe("committed");
    await child.kill();
    expect(await bodies(url)).toEqual(["kept"]);
  });

  it("what it had written without committing is not", async () => {
    const url = await under.freshUrl();
    const child = startChild(url, "open-transaction");
    expect(await child.word()).toBe("written");
    await child.kill();
    expect(await bodies(url)).toEqual([]);
  });
});
