import { words } from '../../../kit/words.ts';

export const registerWords = words(
  {
    title: 'Virksomheder',
    lead: 'De virksomheder, centret kender. Alle skoler ser de samme oplysninger.',
    name: 'Navn',
    cvr: 'CVR-nummer',
    town: 'By',
    add: 'Tilføj virksomhed',
    addTitle: 'Tilføj en virksomhed',
    addLead: 'Skriv CVR-nummeret først. Kender registret virksomheden, bruger vi dets oplysninger.',
    cvrHelp: 'Otte cifre. Mellemrum og DK foran må gerne stå der.',
    address: 'Adresse',
    postcode: 'Postnummer',
    phone: 'Telefon',
    save: 'Tilføj virksomheden',
    notSaved: 'Virksomheden er ikke tilføjet endnu',
    provisional: 'Venter på CVR',
    emptyTitle: 'Ingen virksomheder endnu',
    emptyText: 'Her kommer de virksomheder, centret kender. Begynd med at tilføje én.',
    wrongCvr: 'Skriv et CVR-nummer, der findes: otte cifre med rigtigt kontrolciffer',
  },
  {
    title: 'Companies',
    lead: 'The companies the centre knows. All schools see the same facts.',
    name: 'Name',
    cvr: 'CVR number',
    town: 'Town',
    add: 'Add company',
    addTitle: 'Add a company',
    addLead: 'Write the CVR number first. If the register knows the company, its facts are used.',
    cvrHelp: 'Eight digits. Spaces and DK in front are fine.',
    address: 'Address',
    postcode: 'Postcode',
    phone: 'Phone',
    save: 'Add the company',
    notSaved: 'The company is not added yet',
    provisional: 'Awaiting CVR',
    emptyTitle: 'No companies yet',
    emptyText: 'The companies the centre knows will be here. Start by adding one.',
    wrongCvr: 'Write a CVR number that exists: eight digits with the right check digit',
  },
);

export const registerProblems = words(
  { company_known: 'Centret kender allerede en virksomhed med det CVR-nummer.', not_protected: 'Virksomheden er ikke reklamebeskyttet, så den behøver ingen grund.' },
  { company_known: 'The centre already knows a company with this CVR number.', not_protected: 'The company has no advertising protection, so it needs no reason.' },
);
