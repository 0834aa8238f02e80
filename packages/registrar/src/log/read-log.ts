/**
 * Reads what a registrar has to know of the workforce's log: manifests, epochs, and the last words of registrars, each
 * proven to be in the tree of a checkpoint that the log's key has signed (@undersigned/verify). The board is trusted for
 * nothing but to show what is newest: it can withhold that, and cannot invent.
 */
import {
  type Epoch,
  httpSource,
  openWorkforce,
  readStated,
  type StatedByRegistrars,
  VerifyError,
} from "@undersigned/verify";

/** `issuance` and `destructions` go by `<epoch> <registrar>`. */
export type LoggedState = StatedByRegistrars & {
  readonly epochs: ReadonlyMap<number, Pick<Epoch, "statements">>;
};

/** `board` is the manifest's address of the board. Rejects with VerifyError; stops reading when the signal says so. */
export type ReadLog = (board: string, workforce: string, signal: AbortSignal) => Promise<LoggedState>;

/** For one file; the signal limits the whole. Sizes and redirects are httpSource's to refuse. */
const FILE_TIMEOUT_MS = 10_000;

export const readBoardLog: ReadLog = async (board, workforce, signal) => {
  const source = httpSource(`${board.replace(/\/$/, "")}/w/${workforce}/`, {
    timeoutMs: FILE_TIMEOUT_MS,
    fetch: (address, init) =>
      fetch(address, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, signal]) : signal }),
  });
  const { epochs, stated } = await openWorkforce(source, workforce, { stated: readStated });
  if (stated === null)
    throw new VerifyError("index-wrong", "The log was read without what registrars stated.");
  return { epochs, ...stated };
};
