/** Feeds, dates and pages with plain texts, and texts that somebody means ill with. */
import type { Calendar, Embedding, Feed, FeedEntry, SitemapPage } from "../src/index.ts";

const LETTER = "https://letters.example.com/w/AAAA/letters/BBBB";

export function sampleEntry(n: number, more: Partial<FeedEntry> = {}): FeedEntry {
  return {
    id: `${LETTER}/timeline#event-${n}`,
    day: `2026-11-${String(3 + n).padStart(2, "0")}`,
    title: `${n * 20} have signed`,
    summary: "First line.\nSecond line.",
    language: "en",
    direction: "ltr",
    url: `${LETTER}/timeline#event-${n}`,
    ...more,
  };
}

export function sampleFeed(more: Partial<Feed> = {}): Feed {
  return {
    id: `${LETTER}/`,
    title: "Cancel the contract",
    subtitle: "An open letter from people who work at Example Corporation",
    language: "en",
    direction: "ltr",
    author: "letters.example.com",
    self: `${LETTER}/feed.atom`,
    page: `${LETTER}/timeline`,
    translations: [
      {
        language: "ar",
        url: "https://letters.example.com/ar/w/AAAA/letters/BBBB/feed.atom",
      },
    ],
    begun: "2026-11-03",
    entries: [sampleEntry(1), sampleEntry(2), sampleEntry(3)],
    ...more,
  };
}

export function sampleCalendar(more: Partial<Calendar["dates"][number]> = {}): Calendar {
  return {
    title: "Dates of “Cancel, the; contract”",
    language: "en",
    direction: "ltr",
    page: LETTER,
    dates: [
      {
        id: "BBBB-closes@letters.example.com",
        day: "2026-12-31",
        title: "Last day to sign",
        summary: null,
        language: "en",
        direction: "ltr",
        url: LETTER,
        stated: "2026-11-03",
        ...more,
      },
    ],
  };
}

export const samplePages: readonly SitemapPage[] = [
  {
    url: LETTER,
    day: "2026-11-03",
    translations: [
      { language: "en", url: LETTER },
      { language: "zh", url: "https://letters.example.com/zh/w/AAAA/letters/BBBB" },
      { language: "x-default", url: LETTER },
    ],
  },
  { url: "https://letters.example.com/", day: null, translations: [] },
];

export const sampleEmbedding: Embedding = {
  title: "Cancel the contract",
  direction: "ltr",
  frame: `${LETTER}/embed`,
  board: { name: "letters.example.com", url: "https://letters.example.com/" },
  picture: { url: `${LETTER}/card.png`, width: 1200, height: 630 },
};

export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " \n\t ",
  "]]>",
  "<script>alert(1)</script>",
  "</title></feed><!--",
  '" onload="alert(1)',
  "&amp;&lt;&#x0;&undefined;",
  "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
  "line\nline\r\nline\rline\u2028line\u2029line\u0085line",
  "BEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
  "\\;,\\n\\",
  "\u0000\u0001\u0008\u000b\u000c\u001f\u007f\u009f",
  "\ud800 \udfff\ud800",
  "\ufffe\uffff\ufdd0\u{1fffe}",
  "\u202etnorf ot kcab\u202c \u2066\u2067",
  "a\u0301\u0302\u0303\u0304\u0305\u0306",
  "👩‍👩‍👧‍👦🏳️‍🌈",
  "取消合同".repeat(2_500),
  "x".repeat(10_000),
  "إلغاء العقد",
];
