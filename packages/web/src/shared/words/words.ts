/** Sentences as data, as all that is ours says them. */
export { enumerate, foreign, plain, type Word, type Words } from "@undersigned/core/words";
