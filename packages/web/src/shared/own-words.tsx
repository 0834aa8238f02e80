/** The page's own words amid a letter's, which may be in another language and run the other way. */
import type { ComponentChildren } from "preact";
import { useSay } from "./speech.ts";

export function OwnWords({ children }: { readonly children: ComponentChildren }) {
  const say = useSay();
  return (
    <bdi lang={say.language} dir={say.direction}>
      {children}
    </bdi>
  );
}
