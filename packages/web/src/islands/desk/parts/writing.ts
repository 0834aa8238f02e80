/** The part `writing`: the letter's editor and its review, with the renderer of Markdown and what finds traces in texts. */
import { EditorPage } from "../letters/editor/editor-page.tsx";
import { ReviewPage } from "../letters/review/review-page.tsx";

export const pages = { draft: EditorPage, review: ReviewPage };
