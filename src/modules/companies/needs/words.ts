import { words } from '../../../kit/words.ts';

export const needsWords = words(
  {
    terms: { now: 'Nu', this_year: 'I år', later: 'Senere' },
    fits: { shelf: 'Et almindeligt kursus', tailored: 'Skal skræddersys' },
    fitUnknown: 'Ved ikke endnu',
    people: (count: number) => (count === 1 ? '1 person' : `${count} personer`),
  },
  {
    terms: { now: 'Now', this_year: 'This year', later: 'Later' },
    fits: { shelf: 'An ordinary course', tailored: 'Has to be tailored' },
    fitUnknown: 'Don’t know yet',
    people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  },
);
