import { type Cell, cell } from '../../../kit/disclosure.ts';

/** What a colleague may want to learn; the words are short on purpose. */
export const topics = [
  'reading',
  'writing',
  'maths',
  'danish',
  'dyslexia',
  'computer',
  'english',
  'papers',
  'skilled',
  'truck',
  'machines',
  'drawings',
  'welding',
  'quality',
  'safety',
  'chemicals',
  'teamwork',
  'training_others',
  'leading',
] as const;
export type Topic = (typeof topics)[number];

/** Nobody should be known to find these hard: with them, that nearly everybody ticked one is hidden as well. */
export const sensitive: ReadonlySet<string> = new Set<Topic>(['reading', 'writing', 'maths', 'danish', 'dyslexia']);

export const templates = {
  general: ['reading', 'writing', 'maths', 'danish', 'dyslexia', 'computer', 'english', 'papers', 'skilled', 'safety', 'teamwork', 'leading'],
  production: ['truck', 'machines', 'drawings', 'welding', 'quality', 'safety', 'chemicals', 'computer', 'reading', 'maths', 'danish', 'papers', 'skilled', 'training_others'],
  reading_and_maths: ['reading', 'writing', 'maths', 'danish', 'dyslexia', 'computer', 'english'],
} as const satisfies Record<string, readonly Topic[]>;
export type Template = keyof typeof templates;
export const templateNames = Object.keys(templates) as [Template, ...Template[]];

/** Own topics of a company have a place instead of a code. */
export const ownCodes = ['own1', 'own2', 'own3', 'own4', 'own5'] as const;
export const answerCodes = [...topics, ...ownCodes] as const;
export type AnswerCode = (typeof answerCodes)[number];

/** What can be ticked on a form. */
export const topicsOf = (template: Template, own: readonly string[]): AnswerCode[] => [...templates[template], ...ownCodes.slice(0, own.length)];

/** So many letters are in the code for colleagues. */
export const codeLength = 12;
/** A form runs three months at most. */
export const mostDays = 92;

/** What was ticked, by way of answering. Forms without any tick count as answers: whoever must tick something would give hidden topics a lower bound. */
export interface Ticked {
  phones: number;
  papers: number;
  topics: Partial<Record<string, { phone: number; paper: number }>>;
}

/**
 * What may be shown of a form (row 2.14; decisions: small cells), counting persons. Topics are no parts of a total, for one person ticks several, so no topic
 * follows from the others; what can be subtracted is something else:
 * - the steward knows every paper form, so phones are held to the threshold without them, and left out where they are too few;
 * - the answers less those who ticked are those who did not, so with a sensitive topic these are held to the threshold too.
 * Every figure is therefore "at least so many". Nothing at all where too few answered.
 * @param asked the topics of the form, in its order
 */
export function shownOf({ phones, papers, topics: ticked }: Ticked, asked: readonly string[], threshold: number): { answers: Cell; counts: Record<string, Cell> } {
  const enough = (count: number, of: number, topic: string) => cell(of, threshold) !== null && cell(count, threshold) !== null && (!sensitive.has(topic) || cell(of - count, threshold) !== null);
  const of = (topic: string): Cell => {
    const { phone, paper } = ticked[topic] ?? { phone: 0, paper: 0 };
    if (enough(phone, phones, topic)) return cell(phone + paper, threshold);
    return enough(paper, papers, topic) ? cell(paper, threshold) : null;
  };
  return { answers: cell(phones, threshold) === null ? cell(papers, threshold) : cell(phones + papers, threshold), counts: Object.fromEntries(asked.map((topic) => [topic, of(topic)])) };
}
