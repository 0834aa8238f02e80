/** Cards and badges for a board's pages, which may not import what draws them. It is loaded when the first one is asked for. */
import type { Pictures } from "@undersigned/web";

export const pictures: Pictures = {
  card: async (words) => (await import("@undersigned/paper")).makeCard(words),
  badge: async (words) => (await import("@undersigned/paper")).makeBadge(words),
};
