/** Numbers as people write them, as all that is ours does. */
export { counted, number } from "@undersigned/core/words";
