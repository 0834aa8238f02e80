/** The line in every footer that names the client build and says whether the log states it. */
import type { Day } from "@undersigned/core";
import { Says } from "../../shared/says.tsx";
import { useSay } from "../../shared/speech.ts";
import { TAGS } from "../../shared/tags.tsx";

export interface ClientLineProps {
  readonly hash: string;
  /** Left out where the page is of no workforce. */
  readonly logged: { readonly index: number; readonly day: Day } | null | undefined;
}

export function ClientLine({ hash, logged }: ClientLineProps) {
  const say = useSay();
  const build = { ...TAGS, hash };
  return (
    <p>
      <Says
        words={
          logged === undefined
            ? say.rich("public.client", build)
            : logged === null
              ? say.rich("public.client.not-logged", build)
              : say.rich("public.client.logged", { ...build, day: say.day(logged.day), leaf: logged.index })
        }
      />
    </p>
  );
}
