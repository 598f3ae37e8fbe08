import { words } from '../kit/words.ts';
import { registerProblems } from '../modules/companies/register/words.ts';
import { signInProblems } from '../modules/organisation/sign-in/words.ts';
import { platformProblemWords } from '../ui/words.ts';

/** A sentence in both languages for every problem code there is; a test holds it against the contract. */
export const problemWords = words<Record<string, string>>(
  { ...platformProblemWords.da, ...signInProblems.da, ...registerProblems.da },
  { ...platformProblemWords.en, ...signInProblems.en, ...registerProblems.en },
);

export const shellWords = words(
  {
    menu: 'Hovedmenu',
    openMenu: 'Menu',
    today: 'I dag',
    companies: 'Virksomheder',
    demonstration: 'Demonstration',
    demoStrip: 'Demonstration med opdigtede data',
    switchPerson: 'Skift person',
    signOut: 'Log ud',
    language: 'Sprog',
    colours: 'Farver',
    light: 'Lys',
    dark: 'Mørk',
    asMachine: 'Som maskinen',
    accessibility: 'Tilgængelighedserklæring',
    goodMorning: 'Godmorgen',
    goodDay: 'Goddag',
    goodEvening: 'Godaften',
    nothingYet: 'Intet venter på dig lige nu',
  },
  {
    menu: 'Main menu',
    openMenu: 'Menu',
    today: 'Today',
    companies: 'Companies',
    demonstration: 'Demonstration',
    demoStrip: 'Demonstration with made-up data',
    switchPerson: 'Switch person',
    signOut: 'Sign out',
    language: 'Language',
    colours: 'Colours',
    light: 'Light',
    dark: 'Dark',
    asMachine: 'As the machine',
    accessibility: 'Accessibility statement',
    goodMorning: 'Good morning',
    goodDay: 'Hello',
    goodEvening: 'Good evening',
    nothingYet: 'Nothing is waiting for you right now',
  },
);
