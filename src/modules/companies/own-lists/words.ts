import { words } from '../../../kit/words.ts';

export const ownListsProblems = words(
  { no_school: 'Du handler ikke for en skole lige nu. Skift til din rolle på skolen.' },
  { no_school: 'You are not acting for a school right now. Switch to your role at the school.' },
);
