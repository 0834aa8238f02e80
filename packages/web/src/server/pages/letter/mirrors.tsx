/** Where else a letter's public files lie, by its organisers' word. Nothing where they name none. */
import { useSay } from "../../../shared/speech.ts";
import { mirrorsOf } from "../../followed/chronicle.ts";
import type { FollowedLetterData } from "../../followed/load-followed.ts";

export function Mirrors({ of }: { readonly of: FollowedLetterData }) {
  const say = useSay();
  const mirrors = mirrorsOf(of.chronicle);
  if (mirrors.length === 0) return null;
  return (
    <section aria-labelledby="mirrors">
      <h2 id="mirrors">{say("followed.mirrors")}</h2>
      <p>{say("followed.mirrors-lead")}</p>
      <ul>
        {mirrors.map(({ url }) => (
          <li key={url}>
            <a href={url} rel="noreferrer noopener">
              <bdi>{url}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
