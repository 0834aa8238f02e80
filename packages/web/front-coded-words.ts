/**
 * The English word list of BIP-39, as browsers get it: each word without the beginning that it shares with the one
 * before, after a digit that says how long that is. Gzip makes a third less of it than of the words in full.
 */
import type { Plugin } from "vite";

const LIST = /[\\/]@scure[\\/]bip39[\\/]wordlists[\\/]english\.js$/;
const IN_FULL = /`([a-z\n]+)`\.split\('\\n'\)/;

/** Fails the build where the package's file is not the list that is known, or would not come back as it was. */
export function frontCodedWords(): Plugin {
  return {
    name: "front-coded-words",
    transform(code, id) {
      if (!LIST.test(id)) return null;
      const words = IN_FULL.exec(code)?.[1]?.split("\n") ?? [];
      const text = encode(words);
      if (words.length !== 2048 || decode(text).join() !== words.join()) {
        throw new Error("The word list of @scure/bip39 has another form than this build knows.");
      }
      return { code: `${decode}\nexport const wordlist = Object.freeze(decode("${text}"));`, map: null };
    },
  };
}

export function encode(words: readonly string[]): string {
  let before = "";
  let text = "";
  for (const word of words) {
    let shared = 0;
    while (shared < 9 && shared < word.length && word[shared] === before[shared]) shared++;
    text += shared + word.slice(shared);
    before = word;
  }
  return text;
}

/** Goes into the build as it stands here, so it may use nothing from outside. */
export function decode(text: string) {
  let word = "";
  return (text.match(/\d[a-z]*/g) ?? []).map((part) => {
    word = word.slice(0, Number(part[0])) + part.slice(1);
    return word;
  });
}
