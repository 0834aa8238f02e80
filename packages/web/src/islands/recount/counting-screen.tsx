/** How far the recount is. The words change often; what is read out changes seldom. */

import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Screen } from "../ui/screen.tsx";
import { type Progress, paceInWords } from "./pace.ts";

const SPEAK_EVERY_MS = 5000;

export interface CountingScreenProps {
  readonly progress: Progress;
  readonly onStop: () => void;
}

export function CountingScreen({ progress, onStop }: CountingScreenProps) {
  const began = useRef(Date.now());
  const words = paceInWords(progress, Date.now() - began.current);
  const latest = useRef(words);
  latest.current = words;
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    const timer = setInterval(() => setSpoken(latest.current), SPEAK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const bar = progress.size === 0 ? {} : { value: progress.leaves, max: progress.size };
  return (
    <Screen name="counting" title={say("recount.counting-screen.title")}>
      <progress class="progress" aria-label={say("recount.counting-screen.entries-checked")} {...bar} />
      <p>{words}</p>
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
      <Actions>
        <Button onPress={onStop}>{say("recount.counting-screen.stop")}</Button>
      </Actions>
    </Screen>
  );
}
