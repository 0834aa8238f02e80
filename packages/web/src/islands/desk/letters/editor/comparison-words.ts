/** What a comparison of a copy with its link has said, in words. */
import type { Comparison } from "@undersigned/core";

const WHY: Readonly<Record<NonNullable<Comparison["why"]>, string>> = {
  refused: "the link does not lead to the public web.",
  unreachable: "the server did not answer. Try again later.",
  slow: "the server took too long. Try again later.",
  large: "what stands there is too large.",
  redirects: "the link leads on and on.",
  unreadable: "what stands there cannot be read without running it. Look at it yourself.",
  status: "the server refuses programs, or has a problem. Look at it yourself.",
  kind: "another kind of file stands there. Look at it yourself.",
};

export function comparisonWords({ state, why, gone, added }: Comparison): string {
  switch (state) {
    case "same":
      return "the same.";
    case "gone":
      return "it is gone. The copy is what is left of it.";
    case "moved":
      return "the link leads to something else now.";
    case "changed":
      return gone === null || added === null
        ? "it has changed."
        : `it has changed. Of the copy ${gone} % is not there any more; of what is there ${added} % is not in the copy.`;
    case "not-comparable":
      return `it could not be compared: ${why === null ? "look at it yourself." : WHY[why]}`;
  }
}
