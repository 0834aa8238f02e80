/** The organisers' desk beside the demo's board: set up as an operator would, with a mail server, a receiver and DNS. */
import type { BoardExtension } from "@undersigned/board";
import { withDesk } from "@undersigned/desk";
import { dnsLookup } from "@undersigned/service";
import { DemoError } from "../demo-error.ts";

export type DeskBeside = {
  readonly extension: BoardExtension;
  /** Of the set-up link, once the board is started. */
  readonly token: () => string;
  /** The port at which answers are taken, once the board is started. */
  readonly receiver: () => number;
};

const HOST = "127.0.0.1";
const FROM = "Letters <letters@board.example.org>";
const ANSWERS_DOMAIN = "answers.board.example.org";

/** `mailPort`: of the server that takes letters that are handed over. `dns`: as a resolver takes it. */
export function deskBeside(mailPort: number, dns: string): DeskBeside {
  let token: string | null = null;
  let port: number | null = null;
  const extension = withDesk({
    smtp: { host: HOST, port: mailPort, from: FROM },
    answers: {
      domain: ANSWERS_DOMAIN,
      listen: { host: HOST, port: 0 },
      onListening(listening) {
        port = listening;
      },
    },
    lookUpTxt: dnsLookup({ servers: [dns] }),
    onSetUpToken(fresh) {
      token = fresh;
    },
  });
  return { extension, token: () => known(token), receiver: () => known(port) };
}

function known<T>(value: T | null): T {
  if (value === null) throw new DemoError("not-as-planned", "The organisers' desk has not started.");
  return value;
}
