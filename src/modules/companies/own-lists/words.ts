import { words } from '../../../kit/words.ts';

const da = (count: number) => `${count.toLocaleString('da-DK')} ${count === 1 ? 'række' : 'rækker'}`;
const en = (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'}`;
const danishErrors: Record<string, string> = {
  empty: 'Filen har ingen rækker.',
  not_a_table: 'Filen er ikke en tabel i tekst. Gem den som CSV, og send den igen.',
  no_columns: 'Vi kan ikke finde en kolonne med CVR-nummer, P-nummer eller navn. Den første række skal være overskrifter.',
  too_many_rows: 'Filen har over 200.000 rækker. Del den, eller send kun dem, I arbejder med.',
  csv_broken: 'Filen kan ikke læses som en tabel. Gem den som CSV, og send den igen.',
  too_large_record: 'En række i filen er for stor til at være en række.',
  internal: 'Noget gik galt hos os.',
};
const englishErrors: Record<string, string> = {
  empty: 'The file has no rows.',
  not_a_table: 'The file is no table of text. Save it as CSV and send it again.',
  no_columns: 'We cannot find a column with CVR number, P-number or name. The first row must be headings.',
  too_many_rows: 'The file has more than 200,000 rows. Split it, or send only those you work with.',
  csv_broken: 'The file cannot be read as a table. Save it as CSV and send it again.',
  too_large_record: 'A row in the file is too large to be a row.',
  internal: 'Something went wrong on our side.',
};

/** The list of companies that a school already works with. */
export const ownListsWords = words(
  {
    title: 'Jeres egen liste',
    lead: 'Send en liste over firmaer, I allerede arbejder med. Så finder vi dem i hver høring. Ingen uden for skolen ser listen, heller ikke koordinatoren.',
    send: 'Læs jeres liste ind',
    sendNew: 'Læs en ny liste ind',
    sendIt: 'Læs listen',
    file: 'Fil med jeres firmaer',
    fileHelp: 'CSV med overskrifter i første række. En række skal have CVR-nummer, P-nummer eller navn.',
    choose: 'Vælg en fil',
    notSent: 'Listen er ikke sendt endnu',
    chooseFirst: 'Vælg en fil først',
    reading: 'Listen bliver læst',
    soFar: (read: number) => `${da(read)} læst`,
    mayLeave: 'Du kan godt gå videre imens.',
    done: (file: string, day: string, read: number) => `${file} fra ${day}: ${da(read)}.`,
    refused: (count: number) => `${da(count)} kunne ikke læses.`,
    download: (count: number) => (count === 1 ? 'Hent rækken' : `Hent de ${da(count)}`),
    by: (person: string) => `Sendt af ${person}.`,
    replaced: 'En ny liste tager pladsen fra den gamle.',
    forget: 'Smid listen væk',
    forgetTitle: 'Skal jeres liste smides væk?',
    forgetText: 'Vi finder ikke længere jeres firmaer i høringerne. De streger, I har sat, bliver stående. Listen kan ikke hentes tilbage.',
    forgotten: 'Listen er smidt væk.',
    failed: 'Listen kunne ikke læses',
    errors: danishErrors,
    kept: 'Listen fra før gælder ikke længere. Ret filen, og send den igen.',
  },
  {
    title: 'Your own list',
    lead: 'Send a list of the companies you already work with, and we find them in every hearing. Nobody outside the school sees the list, the coordinator neither.',
    send: 'Read your list in',
    sendNew: 'Read a new list in',
    sendIt: 'Read the list',
    file: 'File with your companies',
    fileHelp: 'CSV with headings in the first row. A row needs a CVR number, a P-number or a name.',
    choose: 'Choose a file',
    notSent: 'The list is not sent yet',
    chooseFirst: 'Choose a file first',
    reading: 'The list is being read',
    soFar: (read: number) => `${en(read)} read`,
    mayLeave: 'You can go on meanwhile.',
    done: (file: string, day: string, read: number) => `${file} of ${day}: ${en(read)}.`,
    refused: (count: number) => `${en(count)} could not be read.`,
    download: (count: number) => (count === 1 ? 'Download the row' : `Download the ${en(count)}`),
    by: (person: string) => `Sent by ${person}.`,
    replaced: 'A new list takes the place of the old one.',
    forget: 'Throw the list away',
    forgetTitle: 'Throw your list away?',
    forgetText: 'We will no longer find your companies in hearings. The strikes you made stay. The list cannot be brought back.',
    forgotten: 'The list is thrown away.',
    failed: 'The list could not be read',
    errors: englishErrors,
    kept: 'The earlier list no longer counts. Mend the file and send it again.',
  },
);

export const ownListsProblems = words(
  { no_school: 'Du handler ikke for en skole lige nu. Skift til din rolle på skolen.' },
  { no_school: 'You are not acting for a school right now. Switch to your role at the school.' },
);
