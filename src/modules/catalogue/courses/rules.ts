/** Words that say nothing about what somebody needs. */
const small = new Set(
  'i på at og er en et den det de der som for til af med om vi os vores vore jeg mig min mit mine du dig din han hun man nogle nogen noget ikke kan skal vil må har have haft være blive bliver blevet fra ved efter hos når hvis så også bare meget mere mange alle alt lidt hinanden hver begge gerne brug bruge mangler mangle kursus kurser uddannelse hvad hvordan the a an of to in on for and or we our us not can do does have need needs with is are course courses training each other'.split(
    ' ',
  ),
);

/**
 * Everyday problems and what they are called where courses are described (row 4.16). Left: how words begin that people use; right: what to look for as well. A short
 * list on purpose: what only one course means belongs into that course’s own words (`says`).
 */
const problems: readonly [begins: readonly string[], means: readonly string[]][] = [
  [
    ['misforst', 'misunderst', 'snakker forbi', 'skænd', 'konflikt', 'uenig'],
    ['kommunikation', 'samarbejde', 'konflikthåndtering'],
  ],
  [
    ['stav', 'skriv', 'læse', 'læsn', 'ordblind', 'read', 'spell', 'dyslex'],
    ['læsning', 'skrivning', 'FVU', 'ordblinde'],
  ],
  [
    ['regne', 'procent', 'brøk', 'math', 'tabel'],
    ['matematik', 'FVU'],
  ],
  [
    ['udenland', 'polsk', 'ukrain', 'rumæn', 'sprog', 'foreign', 'language'],
    ['dansk', 'FVU', 'sprog'],
  ],
  [
    ['fejl', 'kassation', 'reklamation', 'mistake', 'error', 'complain'],
    ['kvalitet', 'kvalitetsstyring'],
  ],
  [
    ['spild', 'rod', 'ventetid', 'waste', 'mess'],
    ['lean', 'planlægning', 'optimering'],
  ],
  [
    ['syg', 'stress', 'nedslid', 'ryg', 'løft', 'sick'],
    ['arbejdsmiljø', 'ergonomi', 'stress'],
  ],
  [
    ['ulykke', 'uheld', 'farlig', 'accident', 'danger', 'safe'],
    ['sikkerhed', 'arbejdsmiljø', 'førstehjælp'],
  ],
  [
    ['computer', 'skærm', 'regneark', 'excel', 'it-', 'edb', 'screen'],
    ['digital', 'IT', 'regneark'],
  ],
  [
    ['sur', 'kunde', 'klag', 'customer'],
    ['kundeservice', 'kundebetjening', 'salg'],
  ],
  [['værkfører', 'mester', 'ny leder', 'formand', 'leader', 'foreman'], ['ledelse']],
  [
    ['ny medarb', 'nye medarb', 'nyansat', 'oplær', 'lære op', 'newcomer'],
    ['oplæring', 'instruktion', 'sidemandsoplæring'],
  ],
  [
    ['kemi', 'epoxy', 'maling', 'lim', 'chemical'],
    ['epoxy', 'styren', 'kemiske'],
  ],
  [
    ['kran', 'løfte', 'hejs', 'crane', 'lift'],
    ['kran', 'anhugger', 'certifikat'],
  ],
  [
    ['varm', 'svejs', 'weld'],
    ['svejsning', 'varmt arbejde'],
  ],
  [
    ['mad', 'køkken', 'hygiejn', 'food'],
    ['hygiejne', 'fødevarer'],
  ],
  [
    ['demens', 'ældre', 'borger', 'elder'],
    ['demens', 'pleje', 'omsorg'],
  ],
  [
    ['strøm', 'el-', 'tavle', 'electric'],
    ['el', 'L-AUS'],
  ],
  [
    ['møde', 'forklar', 'sige fra', 'explain'],
    ['kommunikation', 'mødeledelse'],
  ],
  [
    ['forandr', 'omstill', 'change'],
    ['forandringer', 'omstilling'],
  ],
];

/** A word to search with. Words with the same number say the same thing; the best of them counts. */
export interface SoughtWord {
  word: string;
  /** 1: as it was written; less: read into it. */
  weight: number;
  no: number;
}

/**
 * What to look for when somebody tells a problem in plain words (row 4.16): the words that say something, and beside each what it is called in courses.
 * @param told at most 200 characters
 * @returns at most eight words as they were written, each with up to four that are meant; all words where none says something
 */
export function wordsToSeek(told: string): SoughtWord[] {
  const lower = told.toLowerCase();
  const all = lower.match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = all.filter((word) => !small.has(word) && (word.length > 1 || /\d/.test(word)));
  const written = [...new Set(telling.length > 0 ? telling : all)].slice(0, 8);
  const sought = written.map((word, no) => ({ word, weight: 1, no }));
  for (const [begins, means] of problems) {
    const no = written.findIndex((word) => begins.some((begin) => word.startsWith(begin)));
    // Several words that mean something only together: "ny leder".
    const together = no >= 0 ? no : begins.some((begin) => begin.includes(' ') && lower.includes(begin)) ? 0 : -1;
    if (together >= 0 && written.length > 0) for (const word of means) sought.push({ word: word.toLowerCase(), weight: 0.6, no: together });
  }
  return sought.slice(0, 40);
}

/**
 * The few that are worth showing: at most five, and none that is far from the best.
 * @param hits the likeliest first
 */
export function fewGood<H extends { score: number }>(hits: readonly H[]): H[] {
  const best = hits[0]?.score ?? 0;
  return hits.filter(({ score }) => score >= 0.8 && score >= best * 0.35).slice(0, 5);
}
