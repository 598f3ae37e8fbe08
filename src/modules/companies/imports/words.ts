import { words } from '../../../kit/words.ts';

export const importsProblems = words(
  {
    file_empty: 'Filen er tom.',
    import_state: 'Det kan ikke gøres nu: filen er kommet videre i mellemtiden.',
    mapping_needs_cvr: 'Vælg, hvilken kolonne der har CVR-nummeret.',
  },
  {
    file_empty: 'The file is empty.',
    import_state: 'This cannot be done now: the file has moved on meanwhile.',
    mapping_needs_cvr: 'Choose which column holds the CVR number.',
  },
);
