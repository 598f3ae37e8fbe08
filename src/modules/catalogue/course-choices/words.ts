import { words } from '../../../kit/words.ts';

export const courseChoicesWords = words(
  {
    pick: 'Kursus',
    pickHelp: 'Søg på nummer eller ord i titlen',
    none: 'Intet kursus passer',
    retired: 'Udgået',
  },
  {
    pick: 'Course',
    pickHelp: 'Search by number or words of the title',
    none: 'No course matches',
    retired: 'Retired',
  },
);

export const courseChoicesProblems = words({ course_not_known: 'Kurset findes ikke i centrets udbud.' }, { course_not_known: 'The centre has no such course.' });
