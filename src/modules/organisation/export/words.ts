import { words } from '../../../kit/words.ts';

export const exportWords = words(
  {
    title: 'Udtræk',
    lead: 'Alt, hvad I har her, som én fil: en tabel for hver slags, og en liste over, hvad der er i dem.',
    manager: 'Filen har din skoles egne rækker og det, skolerne deles om. Andre skolers egne rækker er ikke med.',
    coordinator: 'Filen har centrets rækker, også dem der er egne for en skole, når du må læse dem.',
    persons: 'Der er personer i filen: kontakter, deltagere og kolleger. Gem den, hvor kun de rette kan læse den, og slet den, når den er brugt. Hvert udtræk står i loggen.',
    checked: 'Rækkerne tælles, før de skrives. Passer tallet ikke, går filen i stykker og kan ikke åbnes.',
    take: 'Hent filen',
    docs: 'Sådan henter et script den',
  },
  {
    title: 'Export',
    lead: 'All that you have here, as one file: a table for each kind of thing, and a list of what is in them.',
    manager: 'The file has your school’s own rows and what the schools share. Other schools’ own rows are not in it.',
    coordinator: 'The file has the centre’s rows, those of a school too where you may read them.',
    persons: 'There are persons in the file: contacts, participants and colleagues. Keep it where only the right people can read it, and delete it when it was used. Each export stands in the log.',
    checked: 'The rows are counted before they are written. If the number is not right, the file breaks and cannot be opened.',
    take: 'Get the file',
    docs: 'How a script gets it',
  },
);

export const exportProblems = words(
  { export_running: 'Der bliver allerede hentet et udtræk. Prøv igen, når det er færdigt.' },
  { export_running: 'An export is already being fetched. Try again when it is done.' },
);
