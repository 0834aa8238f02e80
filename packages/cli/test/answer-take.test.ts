/** A mail that the operator brings as a file, to a board that is stopped. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { answerMail, closedLetter, DOMAIN, handOver } from "../../desk/test/answered-kit.ts";
import { LOCK } from "../../desk/test/kit.ts";
import { runCommand } from "./run-command.ts";

it("takes a mail for a letter that was handed over, and tells why it does not count", async () => {
  const answered = await closedLetter();
  const { desks, owner, at } = answered;
  const nonce = await handOver(answered);
  const { address } = await owner.act("delivery", at);
  const day = desks.desk.clock.day();
  const mail = await answerMail({ to: address!, subject: `Re: ${nonce}`, day, dkim: "none" });
  const file = join(desks.dataDir, "answer.eml");
  await writeFile(file, mail);
  await desks.board.close();
  const take = (letter: string) =>
    runCommand(
      [
        "answer",
        "take",
        file,
        "--data",
        desks.dataDir,
        "--letter",
        letter,
        "--answers-domain",
        DOMAIN,
      ].concat(["--passphrase-fd", "3"]),
      { fds: [LOCK.passphrase] },
    );
  const { code, stdout, stderr } = await take(at.letter);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe("kept for the organisers alone: The mail is not signed by a domain (DKIM).\n");
  const unknown = await take(at.workforce);
  expect(unknown.stderr).toMatch(/^not-delivered: /);
  await desks.open();
  expect((await owner.act("answers", at)).unverified).toMatchObject([{ reason: "unsigned" }]);
  // Two commands are started, each of which opens the board's keys.
}, 180_000);
