/** The four questions of the handbook "Opsøgende vejledning og rådgivning" (2010, p. 13): when a call centre should be considered (row 2.07). */
export const questions = ['manySmall', 'weakContacts', 'broadOverview', 'littleExperience'] as const;
export type Question = (typeof questions)[number];
export type AidAnswer = 'yes' | 'no' | 'unsure';
export type AidAnswers = Record<Question, AidAnswer>;

/**
 * What the answers speak for, and which of them do. A suggestion with its reasons; nothing follows from it.
 * Three of four for it: worth considering. Three of four against: the consultants themselves. Otherwise neither.
 */
export function suggest(answers: AidAnswers): { fits: 'call_centre' | 'consultants' | 'either'; speaksFor: Question[]; speaksAgainst: Question[]; open: Question[] } {
  const those = (answer: AidAnswer) => questions.filter((question) => answers[question] === answer);
  const [speaksFor, speaksAgainst] = [those('yes'), those('no')];
  return { fits: speaksFor.length >= 3 ? 'call_centre' : speaksAgainst.length >= 3 ? 'consultants' : 'either', speaksFor, speaksAgainst, open: those('unsure') };
}
