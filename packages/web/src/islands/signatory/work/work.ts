/**
 * Does what the machine asks for, and tells it how that ended. The one place where the network, chance, the clock, storage and
 * downloads are met; all of them are passed in. When the page is left, what is still under way is aborted and heard no more.
 */

import type { EnrolOptions, Fetch, SignatoryRequest } from "@undersigned/client";
import { encodeCanonical, type JsonValue, randomBytes } from "@undersigned/core";
import { inLanguage, signPage } from "../../../shared/addresses.ts";
import type { PartName } from "../../../shared/parts.ts";
import type { PageLink } from "../../page-link.ts";
import { say as words } from "../../say.ts";
import type { Effect, Making } from "../machine/effect.ts";
import type { ResultEvent } from "../machine/event.ts";
import type { LinkInvitation, OpenLog } from "../machine/state.ts";
import type { PartModules, Parts } from "../parts.ts";
import type { EnrolmentRun } from "./enrolment-run.ts";
import { forgetAll, keep, keepNoMore, readKept, type Store } from "./kept-enrolment.ts";
import { openLog } from "./open-log.ts";
import { PageError, problemOf } from "./problem-of.ts";

export interface Platform {
  /** Where the board is. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  /** This device's UTC day. */
  today(): string;
  /** Does a registrar's proof of work. */
  readonly solveWork: NonNullable<EnrolOptions["solveWork"]>;
  readonly parts: Parts;
  readonly store: Store;
  /** Hands a file to the person. */
  save(name: string, bytes: Uint8Array): void;
  /** Into the clipboard; rejects, or throws, where a browser does not let it. */
  copy(text: string): Promise<void>;
  /** Leads away from the page. */
  goAway(): void;
}

/** Names that tell nothing to who sees them in a folder. */
const FILES = { enrolment: "enrolment.json", request: "request.json", receipt: "receipt.json" } as const;
const ASKED_WORDS = 3;

export type Work = (effect: Effect) => void;

export function startWork(platform: Platform, emit: (event: ResultEvent) => void): Work {
  const gone = new AbortController();
  const fetch: Fetch = (url, init) => {
    gone.signal.throwIfAborted();
    return platform.fetch(url, init);
  };
  let run: EnrolmentRun | null = null;
  const say = (event: ResultEvent) => {
    if (!gone.signal.aborted) emit(event);
  };
  const stop = () => {
    run?.stop();
    run = null;
  };

  const open = (link: PageLink, before: OpenLog | null) =>
    openLog(platform.origin, fetch as typeof globalThis.fetch, link, before);
  const make = async (making: Making) => (await loaded("signing")).makeRequest(making);
  const post = async (log: OpenLog, request: SignatoryRequest) => {
    const to = { board: platform.origin, fetch, today: platform.today() };
    return await (await loaded("signing")).sendRequest(log, request, to);
  };
  const seal = async ({ phrase, tokens }: Extract<Effect, { type: "save-enrolment" | "keep-here" }>) => {
    const { Secrets, sealEnrolment } = await loaded("signing");
    return await sealEnrolment(new Secrets(phrase), tokens);
  };

  /** Throws PageError `part-missing` where the part does not come. */
  const loaded = async <Name extends PartName>(name: Name): Promise<PartModules[Name]> => {
    try {
      return await platform.parts.load(name);
    } catch {
      throw new PageError("part-missing");
    }
  };
  const loadPart = async (name: PartName): Promise<ResultEvent> => {
    try {
      await platform.parts.load(name);
      return { type: "part", part: name, state: "ready" };
    } catch {
      return { type: "part", part: name, state: "failed" };
    }
  };
  const readInvitation = async ({ view }: OpenLog, text: string): Promise<LinkInvitation> => {
    try {
      return { is: "read", invitation: await (await loaded("evidence")).readInvitation(view, text) };
    } catch (error) {
      return { is: "refused", code: problemOf(error).code };
    }
  };
  /** A comparison that cannot be had is no reason not to sign. */
  const looks = async (log: OpenLog, letter: string): Promise<ResultEvent> => {
    try {
      const { looksOf, readOpenings } = await loaded("signing");
      return { type: "looks", looks: looksOf(await readOpenings(log, letter)) };
    } catch {
      return { type: "looks", looks: "failed" };
    }
  };
  const copy = async (text: string) => {
    try {
      await platform.copy(text);
    } catch {
      throw new PageError("copy-refused");
    }
  };

  const work = async (effect: Effect): Promise<ResultEvent | null> => {
    switch (effect.type) {
      case "open": {
        const log = await open(effect.link, null);
        const storedHere = readKept(platform.store, effect.link.workforce) !== null;
        return { type: "opened", log, storedHere };
      }
      case "load-part":
        return await loadPart(effect.part);
      case "read-invitation":
        return { type: "invitation", invitation: await readInvitation(effect.log, effect.text) };
      case "check-mail":
        return await (await loaded("existing-mail")).check(
          effect.log,
          effect.letter,
          effect.file,
          platform.today(),
        );
      case "suggest-name": {
        const { names } = effect.log.view.letters.get(effect.letter)?.epoch.version.manifest ?? {};
        const name = names == null ? null : (await loaded("names")).suggestName(effect.mailbox, names);
        return { type: "name-suggested", name };
      }
      case "list-invitations": {
        const { log, link, phrase, tokens } = effect;
        const { Secrets } = await loaded("signing");
        const made = (await loaded("invite")).invitationsOf(log.view, new Secrets(phrase), tokens);
        const address = `${platform.origin}${inLanguage(words.language, signPage(link.workforce, link.letter, link.linkKey))}`;
        return { type: "invitations", invitations: made.map(({ text }) => `${address}.${text}`) };
      }
      case "copy":
        await copy(effect.text);
        return { type: "copied" };
      case "make-phrase":
        return {
          type: "phrase-made",
          phrase: (await loaded("signing")).generatePhrase(),
          asked: somePlaces(12, ASKED_WORDS),
        };
      case "enrol":
        stop();
        run = new (await loaded("signing")).EnrolmentRun();
        await run.run(effect, { fetch, solveWork: platform.solveWork }, say);
        return null;
      case "give-code":
        run?.answer(effect.code);
        return null;
      case "enough":
        run?.enough();
        return null;
      case "stop-enrolling":
        stop();
        return null;
      case "save-enrolment":
        platform.save(FILES.enrolment, await seal(effect));
        return { type: "enrolment-saved" };
      case "keep-here": {
        const file = await seal(effect);
        // Who has left in the meantime wants nothing kept any more.
        gone.signal.throwIfAborted();
        keep(platform.store, effect.tokens.workforce, file);
        return { type: "kept-here" };
      }
      case "keep-no-more":
        keepNoMore(platform.store, effect.workforce);
        return { type: "forgotten" };
      case "forget":
        forgetAll(platform.store);
        return { type: "forgotten" };
      case "load-looks":
        return await looks(effect.log, effect.letter);
      case "send":
        return await post(effect.making.log, await make(effect.making));
      case "send-file":
        return await post(effect.log, effect.request);
      case "make-file":
        platform.save(FILES.request, canonical(await make(effect.making)));
        return { type: "file-made" };
      case "save-receipt":
        platform.save(FILES.receipt, canonical(effect.receipt));
        return { type: "receipt-saved" };
      case "check-receipt": {
        const { link, log: before, receipt } = effect;
        const log = await open(link, before);
        const { verifyReceipt } = await loaded("signing");
        const state = await verifyReceipt(log.source, log.view, receipt, platform.today());
        return { type: "receipt-checked", log, receipt, state };
      }
      case "look-up": {
        const log = await open(effect.link, effect.log);
        const kept = effect.storedHere ? readKept(platform.store, effect.link.workforce) : null;
        const { lookUp } = await loaded("signing");
        return await lookUp(effect, log, kept, platform.today());
      }
      case "leave":
        stop();
        gone.abort();
        forgetAll(platform.store);
        platform.goAway();
        return null;
    }
  };

  return (effect) => {
    work(effect).then(
      (event) => event !== null && say(event),
      (error) =>
        say({ type: "failed", problem: error instanceof PageError ? pageProblem(error) : problemOf(error) }),
    );
  };
}

function pageProblem({ code }: PageError) {
  return { code, settled: true };
}

function canonical(value: object): Uint8Array {
  return encodeCanonical(value as JsonValue);
}

/** Different places from 0 below `of`, rising. A bias of one in 20 does not matter to what it is for. */
function somePlaces(of: number, count: number): number[] {
  const places = Array.from({ length: of }, (_, i) => i);
  const chance = randomBytes(count);
  const taken = Array.from(
    { length: count },
    (_, i) => places.splice((chance[i] ?? 0) % places.length, 1)[0] ?? 0,
  );
  return taken.sort((a, b) => a - b);
}
