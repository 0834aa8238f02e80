/** At the foot of the front page: what happened, how the board is followed, and which letters of others stand beside its own. */
import { type BoardWay, boardWay, ELSEWHERE, TIMELINE } from "../../shared/addresses.ts";
import { Says } from "../../shared/says.tsx";
import { useAddress, useSay } from "../../shared/speech.ts";
import { linkTo } from "../../shared/tags.tsx";

/** `elsewhere`: whether there are letters of other boards. */
export function BoardLinks({
  timeline,
  elsewhere,
}: {
  readonly timeline: boolean;
  readonly elsewhere: boolean;
}) {
  const say = useSay();
  const at = useAddress();
  return (
    <>
      {timeline && (
        <p>
          <a href={at(TIMELINE)}>{say("followed.link")}</a>
        </p>
      )}
      {elsewhere && (
        <p>
          <a href={at(ELSEWHERE)}>{say("ways.front-link")}</a>
        </p>
      )}
    </>
  );
}

export function FollowBoard() {
  const say = useSay();
  const at = useAddress();
  const link = (way: BoardWay) => linkTo(at(boardWay(way)));
  return (
    <p class="small">
      <Says
        words={say.rich("ways.follow-board", {
          atom: link("feed.atom"),
          json: link("feed.json"),
          dates: link("dates.ics"),
        })}
      />{" "}
      {say("ways.who-learns")}
    </p>
  );
}
