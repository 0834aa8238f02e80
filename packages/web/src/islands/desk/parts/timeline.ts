/** The part `timeline`: what organisers tell of a letter's public life, and its translations. */
import { TimelinePage } from "../letters/after/timeline/timeline-page.tsx";

export const pages = { timeline: TimelinePage };
