/**
 * All commands. Each file in commands/ declares one and runs it; help is what is declared there. A command's file is
 * loaded when that command is given, so that a phrase is not kept waiting for two servers to load.
 */
import { Command } from "commander";
import { EXIT_FAILURE, EXIT_LOCKED, EXIT_USAGE } from "./errors.ts";

/** Declares one command on the program, or on the group that it belongs to. */
type Declare = (parent: Command) => void;
type Load = () => Promise<Declare>;

/** Commands about one thing: `undersigned registrar init`. */
interface Group {
  readonly summary: string;
  readonly description?: string;
  readonly commands: Readonly<Record<string, Load>>;
}

const LETTER: Group = {
  summary: "draft a letter, open it for signing, make it public, close it early, print it",
  commands: {
    draft: async () => (await import("./commands/letter/draft.ts")).addLetterDraft,
    publish: async () => (await import("./commands/letter/publish.ts")).addLetterPublish,
    reveal: async () => (await import("./commands/letter/reveal.ts")).addLetterReveal,
    "close-early": async () => (await import("./commands/letter/close-early.ts")).addLetterCloseEarly,
    document: async () => (await import("./commands/letter/document.ts")).addLetterDocument,
  },
};

const WORKFORCE: Group = {
  summary: "make, check and change a workforce's manifest",
  commands: {
    new: async () => (await import("./commands/workforce/new.ts")).addWorkforceNew,
    check: async () => (await import("./commands/workforce/check.ts")).addWorkforceCheck,
    amend: async () => (await import("./commands/workforce/amend.ts")).addWorkforceAmend,
  },
};

const BOARD: Group = {
  summary: "a board's keys, workforces and epochs",
  description: "To run a board: `undersigned serve`, or `undersigned start`.",
  commands: {
    init: async () => (await import("./commands/board/init.ts")).addBoardInit,
    "add-workforce": async () => (await import("./commands/board/add-workforce.ts")).addBoardAddWorkforce,
    "open-epoch": async () => (await import("./commands/board/open-epoch.ts")).addBoardOpenEpoch,
    "log-destruction": async () =>
      (await import("./commands/board/log-destruction.ts")).addBoardLogDestruction,
    "erase-opening": async () => (await import("./commands/board/erase-opening.ts")).addBoardEraseOpening,
  },
};

const FOLLOW: Group = {
  summary: "workforces of other boards that a board follows",
  commands: {
    add: async () => (await import("./commands/follow/add.ts")).addFollowAdd,
    list: async () => (await import("./commands/follow/list.ts")).addFollowList,
    remove: async () => (await import("./commands/follow/remove.ts")).addFollowRemove,
  },
};

const ANSWER: Group = {
  summary: "take answers to letters that came by another way",
  commands: {
    take: async () => (await import("./commands/answer/take.ts")).addAnswerTake,
  },
};

const REGISTRAR: Group = {
  summary: "run a registrar; its keys, epochs and backups",
  description:
    "Without a further word it runs one: `undersigned registrar --data FOLDER …` is `undersigned registrar run`.",
  commands: {
    run: async () => (await import("./commands/registrar/run.ts")).addRegistrarRun,
    init: async () => (await import("./commands/registrar/init.ts")).addRegistrarInit,
    "sign-manifest": async () =>
      (await import("./commands/registrar/sign-manifest.ts")).addRegistrarSignManifest,
    "open-epoch": async () => (await import("./commands/registrar/open-epoch.ts")).addRegistrarOpenEpoch,
    "close-epoch": async () => (await import("./commands/registrar/close-epoch.ts")).addRegistrarCloseEpoch,
    "note-name": async () => (await import("./commands/registrar/note-name.ts")).addRegistrarNoteName,
    backup: async () => (await import("./commands/registrar/backup.ts")).addRegistrarBackup,
  },
};

const SECOND_PARTY: Group = {
  summary: "run a second party; its keys of epochs",
  description:
    "Without a further word it runs one: `undersigned second-party --data FOLDER …` is `undersigned second-party run`.",
  commands: {
    run: async () => (await import("./commands/second-party/run.ts")).addSecondPartyRun,
    "open-epoch": async () => (await import("./commands/second-party/open-epoch.ts")).addSecondPartyOpenEpoch,
    "close-epoch": async () =>
      (await import("./commands/second-party/close-epoch.ts")).addSecondPartyCloseEpoch,
  },
};

const SECTIONS: Readonly<Record<string, Readonly<Record<string, Load | Group>>>> = {
  "For signatories:": {
    phrase: async () => (await import("./commands/phrase.ts")).addPhrase,
    enrol: async () => (await import("./commands/enrol.ts")).addEnrol,
    invitations: async () => (await import("./commands/invitations.ts")).addInvitations,
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
    mirror: async () => (await import("./commands/mirror.ts")).addMirror,
  },
  "For organisers:": {
    workforce: WORKFORCE,
    "opener-key": async () => (await import("./commands/opener-key.ts")).addOpenerKey,
    letter: LETTER,
  },
  "For operators:": {
    board: BOARD,
    answer: ANSWER,
    follow: FOLLOW,
    start: async () => (await import("./commands/start.ts")).addStart,
    serve: async () => (await import("./commands/serve.ts")).addServe,
    registrar: REGISTRAR,
    "second-party": SECOND_PARTY,
  },
};

/**
 * A fresh program with the command that the words begin with (`phrase`, or `registrar init`), or with all of them
 * where they begin with no command's name. It throws CommanderError instead of ending the process, and prints no error
 * by itself.
 */
export async function buildProgram(...words: readonly string[]): Promise<Command> {
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
  const [first, second] = words;
  const isOne = Object.values(SECTIONS).some((entries) => isNameIn(entries, first));
  for (const [title, entries] of Object.entries(SECTIONS)) {
    program.commandsGroup(title);
    for (const [name, entry] of Object.entries(entries)) {
      if (isOne && name !== first) continue;
      if (typeof entry === "function") (await entry())(program);
      else await addGroup(program, name, entry, isOne ? second : undefined);
    }
  }
  return program;
}

async function addGroup(program: Command, name: string, group: Group, only?: string): Promise<void> {
  const { summary, description, commands } = group;
  const command = program
    .command(name)
    .summary(summary)
    .description(description ?? sentence(summary));
  const isOne = isNameIn(commands, only);
  for (const [subcommand, load] of Object.entries(commands)) {
    if (!isOne || subcommand === only) (await load())(command);
  }
}

function isNameIn(entries: object, word: string | undefined): boolean {
  return word !== undefined && Object.hasOwn(entries, word);
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
