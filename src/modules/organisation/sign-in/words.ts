import type { Role } from '../../../kit/access.ts';
import { words } from '../../../kit/words.ts';

const danishRoles: Record<Role, string> = {
  consultant: 'Konsulent',
  manager: 'Uddannelseschef',
  coordinator: 'Koordinator',
  agent: 'Telefonagent',
  register: 'Registeransvarlig',
  data_protection: 'Databeskyttelse',
  administrator: 'Administrator',
  ministry: 'Læser i ministeriet',
};
const englishRoles: Record<Role, string> = {
  consultant: 'Consultant',
  manager: 'School manager',
  coordinator: 'Coordinator',
  agent: 'Call agent',
  register: 'Register keeper',
  data_protection: 'Data protection',
  administrator: 'Administrator',
  ministry: 'Ministry reader',
};
export const roleWords = words<Record<Role, string>>(danishRoles, englishRoles);

export const signInWords = words(
  {
    title: 'Log ind',
    demoTitle: 'Vælg, hvem du vil være',
    demoLead: 'Alt her er opdigtet. Se det samme center gennem otte personers øjne.',
    demoStrip: 'Alt her er opdigtet.',
    who: 'Vælg en person',
    otherLanguage: 'English',
    signIn: (name: string) => `Log ind som ${name}`,
    accessibility: 'Tilgængelighedserklæring',
    loading: 'Henter',
  },
  {
    title: 'Sign in',
    demoTitle: 'Choose who to be',
    demoLead: 'Everything here is made up. See the same centre through the eyes of eight people.',
    demoStrip: 'Everything here is made up.',
    who: 'Choose a person',
    otherLanguage: 'Dansk',
    signIn: (name: string) => `Sign in as ${name}`,
    accessibility: 'Accessibility statement',
    loading: 'Loading',
  },
);

export const signInProblems = words({ unknown_person: 'Den person findes ikke i demonstrationen.' }, { unknown_person: 'There is no such person in the demonstration.' });
