/** The language that a page is in, for all that is shown on it. */
import type { Say } from "@undersigned/messages";
import { useContext } from "preact/hooks";
import { inLanguage } from "./addresses.ts";
import { Speech } from "./speech-context.ts";

/** Throws outside of a page. */
export function useSay(): Say {
  const say = useContext(Speech);
  if (say === null) throw new Error("There is no page around this, so nobody knows its language.");
  return say;
}

/** Makes a page's address one in the language of this page. */
export function useAddress(): (address: string) => string {
  const { language } = useSay();
  return (address) => inLanguage(language, address);
}
