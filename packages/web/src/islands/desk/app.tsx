/** The desk: the ways in while nobody is in, then the page that the fragment names within all that pages share. */
import type { DeskSession, Signer } from "@undersigned/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Entered } from "./entering/entering.tsx";
import { SignIn } from "./entering/sign-in.tsx";
import { Home } from "./home/home.tsx";
import type { Timers } from "./outbox/open-document.ts";
import { Outbox } from "./outbox/outbox.ts";
import { SealedStore, type Storing } from "./outbox/sealed-store.ts";
import type { Parts } from "./parts.ts";
import { AskPhrase, type PhraseQuestion } from "./shell/ask-phrase.tsx";
import { PageError } from "./shell/code-of.ts";
import { type Desk, DeskContext } from "./shell/desk.ts";
import type { DeskIn, Door } from "./shell/door.ts";
import { ErrorBoundary } from "./shell/error-boundary.tsx";
import { Layout } from "./shell/layout.tsx";
import { ruleOfPage } from "./shell/pages.ts";
import { PartScreen } from "./shell/part-screen.tsx";
import { type Entrance, hashOf, type Route } from "./shell/route.ts";
import type { Sessions, Standing } from "./shell/session.ts";
import { usePart } from "./use-part.ts";

/** What of the browser the desk uses. */
export interface Surroundings {
  readonly origin: string;
  readonly host: string;
  readonly today: () => string;
  readonly timers: Timers;
  readonly storage: () => Storing;
  readonly copy: (text: string) => Promise<void>;
  readonly save: Desk["save"];
  /** Puts a fragment into the address. */
  readonly goTo: (hash: string) => void;
  /** Calls it whenever the network comes back. */
  readonly onNetwork: (call: () => void) => () => void;
}

export interface AppProps {
  readonly door: Door;
  readonly sessions: Sessions;
  readonly parts: Parts;
  readonly route: Route;
  readonly entrance: Entrance | null;
  /** The entrance was used, or turned away from. */
  readonly onEntered: () => void;
  readonly around: Surroundings;
}

export function App(props: AppProps) {
  const { door, sessions, parts, entrance, onEntered, around } = props;
  const standing = useStanding(sessions);
  const entering = usePart(parts, standing.at === "out" && entrance !== null ? "entering" : null);

  if (standing.at === "in")
    return <Inside {...props} desk={standing.desk} key={standing.desk.session.me.id} />;
  const enter = (desk: DeskIn) => {
    onEntered();
    sessions.enter(desk);
  };
  if (entrance === null) {
    return <SignIn door={door} why={standing.why} host={around.host} onIn={enter} key={standing.why} />;
  }
  const Entering = (entering.part as Entered | null)?.Entering;
  if (Entering === undefined) return <PartScreen problem={entering.problem} again={entering.again} />;
  return <Entering door={door} entrance={entrance} host={around.host} onIn={enter} onInstead={onEntered} />;
}

function useStanding(sessions: Sessions): Standing {
  const [standing, setStanding] = useState(sessions.standing);
  useEffect(() => sessions.listen(() => setStanding(sessions.standing)), [sessions]);
  return standing;
}

interface Asked {
  readonly question: PhraseQuestion;
  readonly answer: (signer: Signer | null) => void;
  /** What had the focus. */
  readonly from: Element | null;
}

function Inside({ sessions, parts, route, around, desk: within }: AppProps & { readonly desk: DeskIn }) {
  const [me, setMe] = useState(within.session.me);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState("");
  const session: DeskSession = useMemo(() => ({ ...within.session, me }), [within, me]);
  const call = useCallback<DeskIn["call"]>((...of) => sessions.call(...of), [sessions]);
  const alias = useRef(me.alias);
  alias.current = me.alias;
  const outbox = useMemo(
    () =>
      new Outbox({
        call,
        store: new SealedStore(within.session.storeKey, around.storage),
        timers: around.timers,
        me: () => ({ by: alias.current, day: around.today() }),
      }),
    [call, within, around],
  );
  useEffect(() => () => void outbox.close(), [outbox]);
  useEffect(() => around.onNetwork(() => outbox.wake()), [around, outbox]);
  const ask = useCallback(
    (question: PhraseQuestion) =>
      new Promise<Signer | null>((resolve) => {
        setAsked({ question, answer: resolve, from: document.activeElement });
      }),
    [],
  );
  const desk: Desk = useMemo(
    () => ({
      session,
      today: around.today(),
      origin: around.origin,
      call,
      ask,
      go: (...to) => around.goTo(hashOf(...to)),
      announce: setSaid,
      outbox,
      copy: (text) =>
        around.copy(text).catch(() => {
          throw new PageError("copy-refused");
        }),
      save: around.save,
      part: (name) => parts.load(name),
      leave: (why) => sessions.leave(why),
      changed: setMe,
    }),
    [session, around, call, ask, outbox, sessions, parts],
  );

  // Whoever goes to another page has thought better of it.
  const waiting = useRef<Asked | null>(null);
  waiting.current = asked;
  useEffect(
    () => () => {
      waiting.current?.answer(null);
      setAsked(null);
    },
    [route.page, route.id],
  );
  const answer = (signer: Signer | null) => {
    setAsked(null);
    asked?.answer(signer);
    // The page is shown again by then.
    if (asked?.from instanceof HTMLElement) requestAnimationFrame(() => (asked.from as HTMLElement).focus());
  };
  return (
    <DeskContext value={desk}>
      <Layout page={route.page}>
        {asked !== null && (
          <AskPhrase
            question={asked.question}
            board={session.board}
            isMine={async (publicKey) => {
              const { organisers } = await call("organisers", {});
              return organisers.some(({ id, key }) => id === me.id && key === publicKey);
            }}
            onAnswer={answer}
          />
        )}
        <div hidden={asked !== null}>
          <ErrorBoundary key={hashOf(route.page, route.id)}>
            <Page parts={parts} route={route} />
          </ErrorBoundary>
        </div>
      </Layout>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </DeskContext>
  );
}

function Page({ parts, route }: { readonly parts: Parts; readonly route: Route }) {
  const { part: name } = ruleOfPage(route.page);
  const { part, problem, again } = usePart(parts, name);
  if (name === null) return <Home route={route} />;
  const Found = part?.pages?.[route.page];
  return Found === undefined ? (
    <PartScreen problem={problem} again={again} />
  ) : (
    <Found route={route} key={route.id} />
  );
}
