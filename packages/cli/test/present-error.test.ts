/** What is shown of a failure: never more than our own sentences. */

import { ClientError } from "@undersigned/client";
import { CoreError } from "@undersigned/core";
import { RegistrarError } from "@undersigned/registrar";
import { ServiceError } from "@undersigned/service";
import { VerifyError } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { CliError } from "../src/errors.ts";
import { presentError } from "../src/present-error.ts";

const CANARY = "canary-7f3a";

describe("errors of our packages", () => {
  it.each<[Error, string, number]>([
    [new CliError("file-exists", "Move it."), "file-exists: Move it.", 1],
    [new CliError("usage", "No."), "usage: No.", 2],
    [new CoreError("bad-phrase", "Check it."), "bad-phrase: Check it.", 1],
    [new ClientError("no-answer", "Later."), "no-answer: Later.", 1],
    [
      new ClientError("refused", "The server refused: No.", { remote: "already-endorsed", status: 409 }),
      "already-endorsed: The server refused: No.",
      1,
    ],
    [new VerifyError("log-forked", "Tell."), "log-forked: Tell.", 1],
    [new ServiceError("locked", "Unlock."), "locked: Unlock.", 78],
    [new ServiceError("wrong-passphrase", "Other."), "wrong-passphrase: Other.", 78],
    [new RegistrarError("keys-locked", "Unlock."), "keys-locked: Unlock.", 78],
  ])("%s is shown as its code and sentence", (error, line, exitCode) => {
    expect(presentError(error)).toEqual({ line, exitCode });
  });
});

describe("errors of others", () => {
  const foreign: unknown[] = [
    new Error(CANARY),
    new TypeError(CANARY),
    Object.assign(new Error(CANARY), { code: "ENOENT", path: CANARY }),
    Object.assign(new Error(CANARY), { code: CANARY }),
    Object.assign(new Error(CANARY), { code: "ERR_INVALID_ARG_TYPE" }),
    new AggregateError([new Error(CANARY)], CANARY),
    CANARY,
    { message: CANARY },
    null,
    undefined,
  ];

  it.each(foreign)("%s is named by kind, without its message", (error) => {
    const { line, exitCode } = presentError(error);
    expect(line).toMatch(/^[a-z-]+: [A-Z].*\.$/);
    expect(line).not.toContain(CANARY);
    expect(exitCode).toBe(1);
  });
});
