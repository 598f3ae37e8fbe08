import { words } from '../../../kit/words.ts';

export const contactsProblems = words({ contact_known: 'Den person står allerede hos virksomheden.' }, { contact_known: 'This person is already listed at the company.' });
