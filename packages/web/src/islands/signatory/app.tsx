/** The signatory's way on the page: the letter at hand, and the present screen, which may be a part's. */
import type { FunctionComponent } from "preact";
import { waitsForParts } from "./machine/parts.ts";
import type { ScreenName } from "./machine/screens.ts";
import { letterOf, type State } from "./machine/state.ts";
import type { Parts } from "./parts.ts";
import { Learns } from "./screens/learns.tsx";
import { LetterLine } from "./screens/letter-line.tsx";
import { PartWaiting } from "./screens/part-waiting.tsx";
import type { ScreenProps } from "./screens/props.ts";
import { Starting } from "./screens/starting.tsx";
import { Stopped } from "./screens/stopped.tsx";
import { Warning } from "./screens/warning.tsx";
import type { Store } from "./store.ts";

const SCREENS: Readonly<Partial<Record<ScreenName, FunctionComponent<ScreenProps>>>> = {
  starting: Starting,
  stopped: Stopped,
  warning: Warning,
  learns: Learns,
};

export interface AppProps {
  readonly state: State;
  readonly parts: Parts;
  readonly send: Store["send"];
  readonly today: () => string;
  readonly back: () => void;
}

export function App({ state, parts, send, today, back }: AppProps) {
  if (state.screen === "left") return <section data-screen="left" />;
  const found = SCREENS[state.screen] ?? parts.screen(state.screen);
  const Now = waitsForParts(state) ? PartWaiting : (found ?? PartWaiting);
  return (
    <>
      <LetterLine letter={letterOf(state)} />
      <Now key={state.screen} state={state} send={send} today={today()} back={back} />
    </>
  );
}
