import { words } from '../../../kit/words.ts';

export const courseChoicesWords = words(
  {
    kinds: { amu: 'AMU', fvu: 'FVU', obu: 'Ordblindeundervisning', avu: 'AVU', own: 'Skolens eget' },
    pick: 'Kursus',
    pickHelp: 'Søg på nummer eller ord i titlen',
    none: 'Intet kursus passer',
    retired: 'Udgået',
  },
  {
    kinds: { amu: 'AMU', fvu: 'FVU', obu: 'Teaching for dyslexics', avu: 'AVU', own: 'The school’s own' },
    pick: 'Course',
    pickHelp: 'Search by number or words of the title',
    none: 'No course matches',
    retired: 'Retired',
  },
);

export const courseChoicesProblems = words({ course_not_known: 'Kurset findes ikke i centrets udbud.' }, { course_not_known: 'The centre has no such course.' });
