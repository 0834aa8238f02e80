/** The language that a page is in, handed to all that is shown on it. Apart from speech.ts: who only hands it on loads no hooks. */
import type { Say } from "@undersigned/messages";
import { createContext } from "preact";

export const Speech = createContext<Say | null>(null);

export const SpeechProvider = Speech.Provider;
