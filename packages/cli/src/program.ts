/**
 * All commands. Each file in commands/ declares one and runs it; help is what is declared there. A command's file is
 * loaded when that command is given, so that a phrase is not kept waiting for two servers to load.
 */
import { Command } from "commander";
import { EXIT_FAILURE, EXIT_LOCKED, EXIT_USAGE } from "./errors.ts";

/** Declares one command on the program. */
type Declare = (program: Command) => void;

const GROUPS: Readonly<Record<string, Readonly<Record<string, () => Promise<Declare>>>>> = {
  "For signatories:": {
    phrase: async () => (await import("./commands/phrase.ts")).addPhrase,
    enrol: async () => (await import("./commands/enrol.ts")).addEnrol,
    sign: async () => (await import("./commands/sign.ts")).addSign,
    post: async () => (await import("./commands/post.ts")).addPost,
    revise: async () => (await import("./commands/revise.ts")).addRevise,
    withdraw: async () => (await import("./commands/withdraw.ts")).addWithdraw,
    receipt: async () => (await import("./commands/receipt.ts")).addReceipt,
  },
  "For readers:": {
    verify: async () => (await import("./commands/verify.ts")).addVerify,
    "check-page": async () => (await import("./commands/check-page.ts")).addCheckPage,
    bundle: async () => (await import("./commands/bundle.ts")).addBundle,
  },
  "For organisers:": {
    "workforce-draft": async () => (await import("./commands/workforce-draft.ts")).addWorkforceDraft,
    "opener-key": async () => (await import("./commands/opener-key.ts")).addOpenerKey,
    "letter-draft": async () => (await import("./commands/letter-draft.ts")).addLetterDraft,
    "letter-publish": async () => (await import("./commands/letter-publish.ts")).addLetterPublish,
  },
  "For operators:": {
    "board-init": async () => (await import("./commands/board-init.ts")).addBoardInit,
    "board-add-workforce": async () =>
      (await import("./commands/board-add-workforce.ts")).addBoardAddWorkforce,
    "board-open-epoch": async () => (await import("./commands/board-open-epoch.ts")).addBoardOpenEpoch,
    "board-erase-opening": async () =>
      (await import("./commands/board-erase-opening.ts")).addBoardEraseOpening,
    start: async () => (await import("./commands/start.ts")).addStart,
    serve: async () => (await import("./commands/serve.ts")).addServe,
    "registrar-init": async () => (await import("./commands/registrar-init.ts")).addRegistrarInit,
    "registrar-sign-manifest": async () =>
      (await import("./commands/registrar-sign-manifest.ts")).addRegistrarSignManifest,
    "registrar-open-epoch": async () =>
      (await import("./commands/registrar-open-epoch.ts")).addRegistrarOpenEpoch,
    registrar: async () => (await import("./commands/registrar.ts")).addRegistrar,
  },
};

/**
 * A fresh program with the command `only`, or with all of them where that is no command's name. It throws
 * CommanderError instead of ending the process, and prints no error by itself.
 */
export async function buildProgram(only?: string): Promise<Command> {
  const program = new Command("undersigned")
    .description(
      "Open letters from inside a company: everyone can count the signatories, nobody can unmask them.",
    )
    .version("0.1.0")
    .showSuggestionAfterError(false)
    .exitOverride()
    // Errors are presented in one place, present-error.ts; commander's quote what was typed.
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      "after",
      `\nA failure is one line, "code: sentence", on standard error. Exit codes: 0 done, ${EXIT_FAILURE} failed, ${EXIT_USAGE} not understood, ${EXIT_LOCKED} keys are locked.`,
    );
  const isOne = Object.values(GROUPS).some((commands) => only !== undefined && Object.hasOwn(commands, only));
  for (const [title, commands] of Object.entries(GROUPS)) {
    program.commandsGroup(title);
    for (const [name, load] of Object.entries(commands)) {
      if (!isOne || name === only) (await load())(program);
    }
  }
  return program;
}
