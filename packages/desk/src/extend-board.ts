/** Serves a desk beside a board: what `startBoard` is given as `extension`. */
import type { BoardExtension, JudgeOpening, RefusesKey } from "@undersigned/board";
import { Rehearsals } from "@undersigned/rehearsal";
import { createLimiter, type FetchOutside, type LookUpTxt, type SmtpOptions } from "@undersigned/service";
import { type Receiver, type ReceiverOptions, receiveAnswers } from "./answers/receive-answers.ts";
import type { JudgeCopy } from "./copies/judge-copy.ts";
import { logAccepted } from "./delivery/make-delivery.ts";
import type { MakeDocument } from "./delivery/make-document.ts";
import { createMailSender } from "./delivery/send-mail.ts";
import { type Desk, openDesk } from "./desk.ts";
import { deskErrorStatus } from "./errors.ts";
import { addDeskRoutes } from "./http/routes.ts";
import { acceptedDeliveries } from "./model/deliveries.ts";
import { judgeBy } from "./model/name-rules.ts";
import { isRefusedKey } from "./model/removed-keys.ts";

export interface DeskOptions {
  /** Called once, where the board has no organiser yet: 32 bytes, base64url, for the link `/desk#set-up.<token>`. */
  readonly onSetUpToken?: (token: string) => void;
  /** Of the address at which people reach the board; none if left out. */
  readonly certificate?: Desk["certificate"];
  /** What says whether a captured copy is clean, within other bounds than the usual ones. */
  readonly judgeCopy?: JudgeCopy;
  /** Visits the links of copies; the public internet if left out. For tests. */
  readonly fetchOutside?: FetchOutside;
  /** The mail server and the sender by which letters are handed over; without it this board sends no mail. */
  readonly smtp?: SmtpOptions;
  /** Where letters are answered by mail; without it this board takes no answers. */
  readonly answers?: AnswersOptions;
  /** Real DNS if left out. */
  readonly lookUpTxt?: LookUpTxt;
  /** How the letter's PDF is made; by package paper if left out. */
  readonly makeDocument?: MakeDocument;
  /** False for none: for tests. */
  readonly limits?: boolean;
  /** For parts that add addresses of their own to the desk, and for tests. */
  readonly onOpened?: (desk: Desk) => void;
}

export interface AnswersOptions {
  /** Of the answer addresses, in lower case: `answers.example.org`. */
  readonly domain: string;
  /** Where the receiver listens. Without it mails come as files only. */
  readonly listen?: ReceiverOptions;
  /** Called with the receiver's port. */
  readonly onListening?: (port: number) => void;
}

/** Forty ways in at once for one network, and one each ten seconds in the long run; acts as fast as people type. */
const WAYS_IN = { capacity: 40, refillPerSecond: 0.1 };
const ACTS = { capacity: 600, refillPerSecond: 10 };
const REMEMBERED_NETWORKS = 10_000;

export function withDesk(options: DeskOptions = {}): BoardExtension {
  const rehearsals = new Rehearsals();
  let judge: JudgeOpening = () => null;
  let refuses: RefusesKey = async () => false;
  return {
    errorStatus: deskErrorStatus,
    besides: (workforce) => rehearsals.files(workforce),
    refusesKey: (key) => refuses(key),
    judgeOpening: (opening, manifest, trx) => judge(opening, manifest, trx),
    async start(server, board) {
      const { certificate, judgeCopy, fetchOutside, smtp, answers, lookUpTxt, makeDocument } = options;
      const { desk, setUpToken } = await openDesk(board, {
        rehearsals,
        ...(certificate && { certificate }),
        ...(judgeCopy && { judgeCopy }),
        ...(fetchOutside && { fetchOutside }),
        ...(smtp && { mail: { send: createMailSender(smtp), from: smtp.from } }),
        ...(answers && { answersDomain: answers.domain }),
        ...(lookUpTxt && { lookUpTxt }),
        ...(makeDocument && { makeDocument }),
      });
      judge = judgeBy(desk);
      refuses = (key) => isRefusedKey(desk, desk.database.db, key);
      const { clock } = desk;
      const limiter = (rate: typeof ACTS) =>
        options.limits === false ? null : createLimiter({ ...rate, maxKeys: REMEMBERED_NETWORKS, clock });
      addDeskRoutes(server, desk, { waysIn: limiter(WAYS_IN), acts: limiter(ACTS) });
      options.onOpened?.(desk);
      if (setUpToken !== null) options.onSetUpToken?.(setUpToken);
      await finishDeliveries(desk);
      const receiver = await startReceiver(desk, answers);
      return {
        async close() {
          await receiver?.close();
          await rehearsals.end();
        },
      };
    },
  };
}

/** A mail that was taken by a server before a crash. Who has signed it may be refused by now: then an owner is told at the desk. */
async function finishDeliveries(desk: Desk): Promise<void> {
  for (const delivery of await acceptedDeliveries(desk, desk.database.db)) {
    await logAccepted(desk, delivery).catch(() => {});
  }
}

async function startReceiver(desk: Desk, answers: AnswersOptions | undefined): Promise<Receiver | null> {
  if (answers?.listen === undefined) return null;
  const receiver = await receiveAnswers(desk, answers.domain, answers.listen);
  answers.onListening?.(receiver.port);
  return receiver;
}
