/**
 * @undersigned/share: the ways to follow a letter and to pass it on, as files (decision 34): feeds, dates, sitemap, oEmbed, the
 * embeddable count, the plot. Pure functions of plain data that is worded already: no input or output, no clock, the same bytes for
 * the same data. Entries beside it: `share/qr`, for browsers too; `share/check`, which holds files against the schemas of their formats.
 */
export { type Calendar, type CalendarDate, writeCalendar } from "./dates/calendar.ts";
export { EMBED_SIZE, type Embedding, frameMarkup, writeOembed } from "./discovery/oembed.ts";
export { type SitemapFiles, type SitemapPage, writeSitemap } from "./discovery/sitemap.ts";
export { EMBED_POLICY, type EmbeddedCount, writeEmbedPage } from "./embed/embed-page.ts";
export { writeAtom } from "./feeds/atom.ts";
export type { Feed, FeedEntry, Translation } from "./feeds/feed.ts";
export { writeJsonFeed } from "./feeds/json-feed.ts";
export { type PlotPlace, type PlotWords, plotSignatures } from "./plot/plot.ts";
export {
  type DayCount,
  type NumberedEvent,
  type PlotRow,
  plotRows,
  type Signatures,
} from "./plot/signatures.ts";
export type { Direction } from "./text/clean-text.ts";
export { escaped } from "./text/xml.ts";
