/** JSON Feed 1.1 (jsonfeed.org/version/1.1). It has languages, but no directions: titles and texts are steered. */
import { address, languageTag, lines, oneLine, steered } from "../text/clean-text.ts";
import { type Feed, momentOf, newestFirst } from "./feed.ts";

/** UTF-8, `application/feed+json`. An entry without a summary has its title as content, which each item must have. */
export function writeJsonFeed(feed: Feed): string {
  const { title, subtitle, language, direction, author, self, page, entries } = feed;
  const file = {
    version: "https://jsonfeed.org/version/1.1",
    title: steered(oneLine(title), direction),
    home_page_url: address(page),
    feed_url: address(self),
    ...(subtitle === null ? {} : { description: steered(oneLine(subtitle), direction) }),
    authors: [{ name: oneLine(author) }],
    language: languageTag(language),
    items: newestFirst(entries).map((entry) => ({
      id: address(entry.id),
      url: address(entry.url),
      title: steered(oneLine(entry.title), entry.direction),
      content_text: steered(
        entry.summary === null ? oneLine(entry.title) : lines(entry.summary),
        entry.direction,
      ),
      date_published: momentOf(entry.day),
      language: languageTag(entry.language),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
