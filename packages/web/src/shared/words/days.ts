/** Days as people write them, as all that is ours does. */
export { between, dayWord, longDay } from "@undersigned/core/words";
