/** What pages make of the words between a message's tags. */
import type { Language, Tag } from "@undersigned/messages";
import { Says } from "./says.tsx";

export function linkTo(href: string, language?: Language): Tag {
  return (inner) => (
    <a href={href} hreflang={language}>
      <Says words={inner} />
    </a>
  );
}

const b: Tag = (inner) => (
  <b>
    <Says words={inner} />
  </b>
);
const code: Tag = (inner) => (
  <code>
    <Says words={inner} />
  </code>
);
const strong: Tag = (inner) => (
  <strong>
    <Says words={inner} />
  </strong>
);

/** Elements that are called as the tags are. */
export const TAGS = { b, code, strong } as const;
