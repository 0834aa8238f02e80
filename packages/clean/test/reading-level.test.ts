/** Counts that one can do by hand. */
import { describe, expect, it } from "vitest";
import { readingLevel } from "../src/index.ts";

describe("how hard a text is", () => {
  it("is the words of a sentence and the share of long words", () => {
    // 10 words, 2 sentences, 2 words of more than 6 letters: 5 + 20.
    expect(readingLevel("We ask the company to answer. Please do so tomorrow.", "en")).toEqual({
      words: 10,
      sentences: 2,
      minutes: 1,
      score: 10 / 2 + (100 * 2) / 10,
      level: "easy",
    });
  });

  it("is hard for a law", () => {
    const law =
      "Notwithstanding aforementioned considerations regarding organisational accountability, representatives shall undertake comprehensive evaluations";
    expect(readingLevel(law, "en-GB")?.level).toBe("hard");
  });

  it("counts neither marks nor addresses, and each item of a list as a sentence", () => {
    const level = readingLevel(
      "# Title\n\n- one *two*\n- [three](https://example.com/a-very-long-address)\n",
      "en",
    );
    expect(level).toMatchObject({ words: 4, sentences: 3 });
  });

  it("is there for other alphabets that set words apart", () => {
    expect(readingLevel("Мы просим ответа. Это важно।", "ru")).toMatchObject({ words: 5, sentences: 2 });
    expect(readingLevel("نطلب جوابا؟ هذا مهم۔", "ar")).toMatchObject({ words: 4, sentences: 2 });
    expect(readingLevel("저희는 답변을 요청합니다.", "ko")?.words).toBe(3);
  });

  it.each([
    ["我们要求公司答复。", "zh"],
    ["我们要求公司答复。", "en"],
    ["เราขอคำตอบ", "th"],
    ["", "en"],
    ["---", "en"],
  ])("is not told of %j in %s", (text, language) => {
    expect(readingLevel(text, language)).toBeNull();
  });
});
