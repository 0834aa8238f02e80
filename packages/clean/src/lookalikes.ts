/**
 * Letters of other scripts that look like a Latin one. From Unicode's confusables.txt (UTS 39, Unicode License v3), the
 * rows of one letter to one Latin letter, of the scripts that are in use in names or have been seen in marked texts. The
 * Cyrillic І is joined with I here, where Unicode's table joins both with l.
 */

/** Pairs of a letter and what it looks like. */
const PAIRS = {
  Greek: "αa ΑA ΒB ΕE ϜF ΗH ιi ϳj ͿJ ΚK Ιl ΜM ϺM ΝN οo σo ΟO ρp ΡP ΤT υu νv ΧX γy ΥY ΖZ",
  Cyrillic:
    "аa АA Ьb ВB сc СC ԁd еe ҽe ЕE ԌG һh НH іi ꙇi ӏi ІI јj ЈJ КK Ӏl МM оo ОO рp РP ԛq гr ѕs ЅS ТT ѵv ѴV ѡw ԝw ԜW хx ХX уy үy УY ҮY",
  Armenian: "քf ցg հh ոn ռn օo ՕO զq ՏS սu ՍU",
  Cherokee: "ᎪA Ꮟb ᏴB ᏟC Ꮷd ᎠD ᎬE ᏀG ᏳG Ꮒh ᎻH Ꭵi ᎫJ ᏦK ᏞL ᎷM ᏢP ᎡR ᏒR ᏕS ᏚS ᎢT ᏙV ᎳW ᏔW ᎩY ᎽY ᏃZ",
  Coptic: "ⲥc ⲤC ⲎH ⲔK Ⲓl ⳐL ⲘM ⲚN ⲟo ⲞO ⲣp ⲢP ⲅr ⲦT ⲬX ⲨY",
  Lisu: "ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ",
} as const;

export type OtherScript = keyof typeof PAIRS;

export const OTHER_SCRIPTS = Object.keys(PAIRS) as OtherScript[];

/** By script: from its letter to the Latin one. */
export const TO_LATIN: Readonly<Record<OtherScript, ReadonlyMap<string, string>>> = mapped(([a, b]) => [
  a,
  b,
]);

/** By script: from the Latin letter to the first of its letters that looks the same. */
export const FROM_LATIN: Readonly<Record<OtherScript, ReadonlyMap<string, string>>> = mapped(([a, b]) => [
  b,
  a,
]);

/** The Latin letter that this letter looks like, or the letter itself. */
export function latinOf(letter: string): string {
  for (const script of OTHER_SCRIPTS) {
    const latin = TO_LATIN[script].get(letter);
    if (latin !== undefined) return latin;
  }
  return letter;
}

function mapped(turn: (pair: [string, string]) => [string, string]) {
  const maps = OTHER_SCRIPTS.map((script) => {
    const pairs = PAIRS[script].split(" ").map((pair) => turn([...pair] as [string, string]));
    return [script, new Map(pairs.reverse())] as const;
  });
  return Object.fromEntries(maps) as unknown as Record<OtherScript, ReadonlyMap<string, string>>;
}
