/** The signatory's way on the page: the letter at hand, and the present screen. */
import type { FunctionComponent } from "preact";
import type { ScreenName } from "./machine/screens.ts";
import { letterOf, type State } from "./machine/state.ts";
import { Appearance } from "./screens/appearance.tsx";
import { Code } from "./screens/code.tsx";
import { EnrolFailed } from "./screens/enrol-failed.tsx";
import { Enrolling } from "./screens/enrolling.tsx";
import { FileSend } from "./screens/file-send.tsx";
import { KeepNothing } from "./screens/keep-nothing.tsx";
import { Later } from "./screens/later.tsx";
import { Learns } from "./screens/learns.tsx";
import { LetterLine } from "./screens/letter-line.tsx";
import { Mailbox } from "./screens/mailbox.tsx";
import { Phrase } from "./screens/phrase.tsx";
import { PhraseConfirm } from "./screens/phrase-confirm.tsx";
import { PhraseShown } from "./screens/phrase-shown.tsx";
import { PhraseTyped } from "./screens/phrase-typed.tsx";
import type { ScreenProps } from "./screens/props.ts";
import { Receipt } from "./screens/receipt.tsx";
import { Remainder } from "./screens/remainder.tsx";
import { Reserving } from "./screens/reserving.tsx";
import { Review } from "./screens/review.tsx";
import { Sending } from "./screens/sending.tsx";
import { Standing } from "./screens/standing.tsx";
import { Starting } from "./screens/starting.tsx";
import { Stopped } from "./screens/stopped.tsx";
import { Warning } from "./screens/warning.tsx";
import { Withdraw } from "./screens/withdraw.tsx";
import { Withdrawn } from "./screens/withdrawn.tsx";
import type { Store } from "./store.ts";

const SCREENS: Readonly<Record<Exclude<ScreenName, "left">, FunctionComponent<ScreenProps>>> = {
  starting: Starting,
  stopped: Stopped,
  warning: Warning,
  learns: Learns,
  phrase: Phrase,
  "phrase-shown": PhraseShown,
  "phrase-confirm": PhraseConfirm,
  "keep-nothing": KeepNothing,
  "phrase-typed": PhraseTyped,
  mailbox: Mailbox,
  reserving: Reserving,
  code: Code,
  enrolling: Enrolling,
  "enrol-failed": EnrolFailed,
  later: Later,
  appearance: Appearance,
  remainder: Remainder,
  review: Review,
  sending: Sending,
  receipt: Receipt,
  state: Standing,
  revise: Appearance,
  withdraw: Withdraw,
  withdrawn: Withdrawn,
  "file-send": FileSend,
};

export interface AppProps {
  readonly state: State;
  readonly send: Store["send"];
  readonly today: () => string;
  readonly back: () => void;
}

export function App({ state, send, today, back }: AppProps) {
  if (state.screen === "left") return <section data-screen="left" />;
  const Now = SCREENS[state.screen];
  return (
    <>
      <LetterLine letter={letterOf(state)} />
      <Now key={state.screen} state={state} send={send} today={today()} back={back} />
    </>
  );
}
