import { words } from '../../../kit/words.ts';

const rowsDa = (count: number) => (count === 1 ? '1 linje' : `${count} linjer`);
const rowsEn = (count: number) => (count === 1 ? '1 row' : `${count} rows`);
const monthsDa = (count: number) => (count === 1 ? '1 måned' : `${count} måneder`);
const monthsEn = (count: number) => (count === 1 ? '1 month' : `${count} months`);

/** What each endpoint that is logged shows; one that is new is shown by its name until it has words. */
const danishLooks: Record<string, string> = {
  listContacts: 'Kontakter hos et firma',
  listContactDuties: 'Kontakter, der skal have besked eller ses efter',
  listPeople: 'Listen over personer i centret',
  readPerson: 'En person i centret',
  readMeeting: 'Et møde',
  readEvent: 'Deltagere i et arrangement',
  readReport: 'En besøgsrapport',
  readVisitFile: 'En fil fra et besøg',
  listParticipants: 'Deltagere på et hold',
  printCertificates: 'Deltagerbeviser for et hold',
  findPersons: 'Søgte efter en person her',
  lookAtPerson: 'Så, hvad der er gemt om en person',
  readPersonData: 'Hentede en persons data',
  makePersonFile: 'Lavede en personmappe',
};
const englishLooks: Record<string, string> = {
  listContacts: 'Contacts at a company',
  listContactDuties: 'Contacts to be told or reviewed',
  listPeople: 'The list of people in the centre',
  readPerson: 'A person in the centre',
  readMeeting: 'A meeting',
  readEvent: 'Participants of an event',
  readReport: 'A visit report',
  readVisitFile: 'A file from a visit',
  listParticipants: 'Participants of a class',
  printCertificates: 'Certificates of attendance of a class',
  findPersons: 'Searched for a person here',
  lookAtPerson: 'Saw what is kept about a person',
  readPersonData: 'Fetched a person’s data',
  makePersonFile: 'Made a person file',
};

export const dataProtectionWords = words(
  {
    title: 'Databeskyttelse',
    parts: { person: 'Find en person', clocks: 'Hvor længe', access: 'Hvem så hvem', contacts: 'Grundlag og besked', texts: 'Fortegnelse og tekster' },
    kinds: {
      contacts: 'Kontakter hos firmaer',
      pages: 'Firmaets egen side',
      calls: 'Opkald',
      meetings: 'Møder',
      reports: 'Besøgsrapporter',
      notes: 'Skolens egne noter',
      files: 'Filer fra besøg',
      drafts: 'Kladder',
      tasks: 'Opgaver og grupper',
      referrals: 'Henvisninger',
      enquiries: 'Henvendelser',
      suppliers: 'Leverandørlister',
      advisers: 'Neutrale vejledere',
      events: 'Arrangementer',
      wishes: 'Ønskesedler',
      training: 'Medarbejdere og uddannelsesdage',
      rotation: 'Jobrotation',
      pools: 'Kursuspuljer',
      participants: 'Deltagere på hold',
      hearings: 'Høringer',
      own_lists: 'Skolers egne lister',
      agreements: 'Aftaler',
      needs: 'Behov',
      told: 'Det, firmaet har fået at vide',
      story: 'Firmaets historie',
      minutes: 'Referater',
      school_contacts: 'Skolernes kontaktpersoner og undervisere',
      imports: 'Filer, der er læst ind',
      mails: 'Mails',
      staff: 'Personer, der arbejder her',
      sign_in: 'Log ind',
      audit: 'Loggen',
      access: 'Hvem så hvem',
    },
    subjects: {
      contact: 'Kontakter hos firmaer',
      staff: 'Dem, der arbejder her',
      leader: 'Ledere med firmaets side',
      participant: 'Deltagere',
      colleague: 'Medarbejdere i firmaer',
      adviser: 'Vejledere',
      anybody: 'Alle, der er nævnt',
    },
    facts: {
      name: 'Navn',
      person_name: 'Navn',
      company_signer: 'Underskrevet af',
      email: 'E-mail',
      person_email: 'E-mail',
      phone: 'Telefon',
      person_phone: 'Telefon',
      title: 'Titel',
      role: 'Rolle',
      person_role: 'Rolle',
      language: 'Sprog',
      basis: 'Grundlag',
      source: 'Hvorfra',
      note: 'Note',
      said: 'Sagt',
      wishes: 'Ønsker',
      text: 'Tekst',
      subject: 'Emne',
      about: 'Om',
      agreed: 'Aftalt',
      people: 'Personer, vi mødte',
      what: 'Hvad',
      to: 'Til',
      audit: 'Linjer i loggen',
      memberships: 'Roller',
    } as Record<string, string>,
    looks: danishLooks,
    erasing: { delete: 'Slettes', blank: 'Navnet tages ud', keep: 'Bliver stående' },
    because: {
      signed: 'Aftalen er underskrevet og skal kunne bevises.',
      public_register: 'Firmaet hedder det samme som personen. Det står i CVR og følger CVR.',
      still_here: 'Personen arbejder her stadig. Afslut rollerne først.',
      other_centre: 'Personen arbejder også i et andet center.',
    },
    person: {
      lead: 'Svar på en anmodning om indsigt eller sletning: søg, vælg linjerne, og lav personmappen eller slet personen.',
      label: 'Navn, e-mail eller telefon',
      help: 'Et navn på mindst tre bogstaver, en hel mailadresse eller et nummer på otte cifre.',
      search: 'Søg i alt',
      searching: 'Vi søger',
      none: 'Ingen med det navn, den mailadresse eller det nummer.',
      noneText: 'Prøv mailadressen eller telefonnummeret i stedet for navnet.',
      found: (count: number) => (count === 1 ? 'Én linje passer' : `${count} linjer passer`),
      more: 'Der er flere. Skriv mere af navnet.',
      pick: 'Vælg de linjer, der er den rigtige person. To med samme navn er ikke den samme.',
      pickAll: 'Vælg alle',
      pickNone: 'Vælg ingen',
      pickOne: (name: string, kind: string, company: string) => [name, kind, company].filter((part) => part !== '').join(', '),
      see: 'Se, hvad der er gemt',
      picked: (count: number) => (count === 1 ? '1 linje valgt' : `${count} linjer valgt`),
      kept: 'Det her er gemt',
      keptOf: (names: string) => `Gemt om ${names}`,
      nothing: 'Intet ud over de valgte linjer.',
      kind: 'Hvad',
      rows: 'Om personen',
      mentions: 'Nævnt',
      whenErased: 'Ved sletning',
      again: 'Søg efter en anden',
      file: 'Lav personmappen',
      fileText: 'Én fil med alt: data, kilder, grundlag, hvem der har set det, og hvor længe det gemmes. Den kan læses af et menneske, og data ligger også i den som JSON.',
      fileMade: 'Personmappen er lavet.',
      fileLanguage: 'Sprog i mappen',
      erase: 'Slet personen',
      eraseTitle: (name: string) => `Slet ${name}?`,
      eraseText: (rows: number) => `${rowsDa(rows)} bliver slettet eller får navnet taget ud. Det kan ikke fortrydes.`,
      eraseStays: 'Tal og statistik bliver stående. »Ring aldrig til os« gælder stadig. En fil kan ikke skrive personen ind igen.',
      eraseYes: 'Slet for altid',
      cannot: 'Personen kan ikke slettes endnu',
      running: 'Personen bliver slettet',
      runningNote: 'Du kan gå herfra. Det bliver gjort færdigt.',
      erased: 'Personen er slettet.',
      failed: 'Sletningen gik ikke igennem. Søg igen, og prøv en gang til.',
      erasures: 'Sletninger',
      noErasures: 'Ingen er slettet endnu.',
      by: (name: string, when: string) => `${name}, ${when}`,
      states: { running: 'I gang', done: 'Færdig', failed: 'Gik ikke' },
      counts: (count: number) => rowsDa(count),
    },
    clocks: {
      lead: 'Hver nat sletter Vejnet det, der er gemt længe nok. Her står, hvad der ryger næste gang, og her kan du ændre tiden eller sætte den på pause.',
      name: 'Data',
      months: 'Gemmes',
      monthsOf: monthsDa,
      due: 'Over tiden nu',
      soon: 'Inden for 30 dage',
      next: 'Det næste',
      nothing: 'Intet',
      pausedUntil: (day: string) => `På pause til ${day}`,
      edit: 'Ret',
      editThis: (name: string) => `Ret tiden for ${name}`,
      see: (name: string) => `Se, hvad der snart ryger af ${name}`,
      show: 'Se',
      hide: 'Skjul',
      hideThis: (name: string) => `Skjul det, der snart ryger af ${name}`,
      field: 'Måneder',
      fieldHelp: (floor: number, ceiling: number, standard: number) => `Fra ${floor} til ${ceiling}. Normalt ${standard}.`,
      pause: 'Sæt på pause',
      pauseHelp: 'For eksempel mens en klagesag kører. Højst et år.',
      until: 'Pause til og med',
      because: 'Hvorfor',
      save: 'Gem tiden',
      saved: (name: string) => `Tiden for ${name} er gemt.`,
      notSaved: 'Tiden er ikke gemt endnu',
      goes: 'Ryger',
      since: 'Fra',
      company: 'Firma',
      noCompany: 'Intet firma',
      noneSoon: 'Intet ryger inden for 30 dage.',
      last: (gone: number, day: string) => `${rowsDa(gone)} ${day}`,
      lastHead: 'Sidst',
      never: 'Ikke endnu',
      names: {
        call_notes: 'Noter om opkald',
        not_interested: 'Opkald, hvor firmaet sagde nej',
        meeting_people: 'Personer på møder',
        enquiry_people: 'Personer bag henvendelser',
        report_people: 'Personer i besøgsrapporter',
        mails: 'Sendte mails',
        access_log: 'Hvem så hvem',
        audit: 'Linjer i loggen',
        sessions: 'Afsluttede log ind',
        staff_left: 'Folk, der er stoppet',
        participants: 'Deltageres navne på hold',
        event_people: 'Deltagere i arrangementer',
        wish_forms: 'Ønskesedler',
        rotation_initials: 'Initialer i jobrotation',
        pool_requests: 'Ansøgere i kursuspuljer',
        training_days: 'Uddannelsesdage',
      },
    },
    access: {
      lead: 'Hvem har åbnet hvis data, det nyeste først. Gemmes i to år, medmindre du vælger andet.',
      by: 'Set af',
      anyone: 'Alle',
      about: 'Viser kun, hvem der har set én bestemt person.',
      from: 'Fra',
      to: 'Til og med',
      what: 'Hvad',
      whom: 'Hvem det handler om',
      when: 'Hvornår',
      none: 'Ingen har set noget, der passer',
      emptyTitle: 'Ingen har set nogens data endnu',
      emptyText: 'Her kommer en linje, hver gang nogen åbner en side med persondata.',
      whoSaw: (name: string) => `Hvem så hvem: ${name}`,
      at: (day: string, time: string) => `${day} kl. ${time}`,
    },
    texts: {
      lead: 'Fortegnelsen er lavet af det samme register, som søgning, personmappe og sletning bruger. Teksterne er et udgangspunkt, ikke juridisk rådgivning.',
      record: 'Det gemmer centret',
      kind: 'Data',
      about: 'Om hvem',
      months: 'Gemmes',
      byHand: 'Til nogen sletter det',
      erasing: 'Ved sletning',
      texts: 'Tekster til at begynde med',
      da: 'Hent på dansk',
      en: 'Hent på engelsk',
      take: (name: string, how: string) => `${name}: ${how}`,
      names: {
        record: 'Fortegnelse (artikel 30)',
        joint_controllers: 'Ordning mellem skolerne (artikel 26)',
        processor: 'Databehandleraftale (artikel 28)',
        notice: 'Besked til kontakter (artikel 14)',
      },
      about_texts: {
        record: 'Hvilke data centret gemmer, om hvem og hvor længe.',
        joint_controllers: 'Hvem af skolerne gør hvad, når de er fælles om data.',
        processor: 'Med et telefoncenter eller en anden, der arbejder for centret.',
        notice: 'Det, en kontakt skal have at vide inden for en måned.',
      },
      processors: 'Aftaler med databehandlere',
      without: (name: string) => `${name} har ingen aftale, der gælder. Ingen derfra kan ringe, før der er en.`,
      endsOn: (name: string, day: string) => `Aftalen med ${name} slutter ${day}.`,
      toProcessors: 'Se alle aftaler',
    },
    file: {
      name: 'personmappe.html',
      title: 'Personmappe',
      made: (centre: string, when: string) => `Lavet af ${centre} ${when}.`,
      lead: 'Her står alt, hvad centret har gemt om personen. Du kan bede om at få noget rettet eller slettet, gøre indsigelse og klage til Datatilsynet.',
      rows: 'Gemt om personen',
      mentions: 'Nævnt i tekster om andet',
      readers: 'Hvem har set det',
      kept: 'Hvor længe det gemmes',
      data: 'Data som JSON',
      none: 'Intet.',
      months: monthsDa,
      yes: 'ja',
      no: 'nej',
    },
  },
  {
    title: 'Data protection',
    parts: { person: 'Find a person', clocks: 'How long', access: 'Who saw whom', contacts: 'Basis and notice', texts: 'Record and texts' },
    kinds: {
      contacts: 'Contacts at companies',
      pages: 'The company’s own page',
      calls: 'Calls',
      meetings: 'Meetings',
      reports: 'Visit reports',
      notes: 'The school’s own notes',
      files: 'Files from visits',
      drafts: 'Drafts',
      tasks: 'Tasks and groups',
      referrals: 'Referrals',
      enquiries: 'Enquiries',
      suppliers: 'Supplier lists',
      advisers: 'Neutral advisers',
      events: 'Events',
      wishes: 'Wish forms',
      training: 'Employees and training days',
      rotation: 'Job rotation',
      pools: 'Course pools',
      participants: 'Participants of classes',
      hearings: 'Hearings',
      own_lists: 'Schools’ own lists',
      agreements: 'Agreements',
      needs: 'Needs',
      told: 'What the company was told',
      story: 'The company’s history',
      minutes: 'Minutes',
      school_contacts: 'The schools’ contacts and teachers',
      imports: 'Files that were read',
      mails: 'Mails',
      staff: 'People who work here',
      sign_in: 'Signing in',
      audit: 'The log',
      access: 'Who saw whom',
    },
    subjects: {
      contact: 'Contacts at companies',
      staff: 'Those who work here',
      leader: 'Leaders with the company’s page',
      participant: 'Participants',
      colleague: 'Employees of companies',
      adviser: 'Advisers',
      anybody: 'Anybody who is named',
    },
    facts: {
      name: 'Name',
      person_name: 'Name',
      company_signer: 'Signed by',
      email: 'E-mail',
      person_email: 'E-mail',
      phone: 'Phone',
      person_phone: 'Phone',
      title: 'Title',
      role: 'Role',
      person_role: 'Role',
      language: 'Language',
      basis: 'Basis',
      source: 'From where',
      note: 'Note',
      said: 'Said',
      wishes: 'Wishes',
      text: 'Text',
      subject: 'Subject',
      about: 'About',
      agreed: 'Agreed',
      people: 'People we met',
      what: 'What',
      to: 'To',
      audit: 'Lines in the log',
      memberships: 'Roles',
    } as Record<string, string>,
    looks: englishLooks,
    erasing: { delete: 'Deleted', blank: 'The name is taken out', keep: 'Stays' },
    because: {
      signed: 'The agreement is signed and must be provable.',
      public_register: 'The company bears the person’s name. It stands in the public register and follows it.',
      still_here: 'The person still works here. End the roles first.',
      other_centre: 'The person works in another centre too.',
    },
    person: {
      lead: 'Answer a request for access or erasure: search, pick the rows, and make the person file or erase the person.',
      label: 'Name, e-mail or phone',
      help: 'A name of at least three letters, a whole e-mail address, or a number of eight digits.',
      search: 'Search everything',
      searching: 'Searching',
      none: 'Nobody has that name, e-mail address or number.',
      noneText: 'Try the e-mail address or the telephone number instead of the name.',
      found: (count: number) => (count === 1 ? 'One row matches' : `${count} rows match`),
      more: 'There are more. Write more of the name.',
      pick: 'Pick the rows that are the right person. Two with the same name are not the same.',
      pickAll: 'Pick all',
      pickNone: 'Pick none',
      pickOne: (name: string, kind: string, company: string) => [name, kind, company].filter((part) => part !== '').join(', '),
      see: 'See what is kept',
      picked: (count: number) => (count === 1 ? '1 row picked' : `${count} rows picked`),
      kept: 'This is kept',
      keptOf: (names: string) => `Kept about ${names}`,
      nothing: 'Nothing beyond the rows that were picked.',
      kind: 'What',
      rows: 'About the person',
      mentions: 'Named',
      whenErased: 'When erased',
      again: 'Search for somebody else',
      file: 'Make the person file',
      fileText: 'One file with everything: data, sources, basis, who saw it, and how long it is kept. A human can read it, and the data are in it as JSON too.',
      fileMade: 'The person file is made.',
      fileLanguage: 'Language of the file',
      erase: 'Erase the person',
      eraseTitle: (name: string) => `Erase ${name}?`,
      eraseText: (rows: number) => `${rowsEn(rows)} will be deleted or lose the name. This cannot be undone.`,
      eraseStays: 'Figures and statistics stay. “Never call us” still holds. No file can write the person in again.',
      eraseYes: 'Erase for good',
      cannot: 'The person cannot be erased yet',
      running: 'The person is being erased',
      runningNote: 'You may leave. It will be finished.',
      erased: 'The person is erased.',
      failed: 'The erasure did not go through. Search again and try once more.',
      erasures: 'Erasures',
      noErasures: 'Nobody has been erased yet.',
      by: (name: string, when: string) => `${name}, ${when}`,
      states: { running: 'Under way', done: 'Done', failed: 'Failed' },
      counts: (count: number) => rowsEn(count),
    },
    clocks: {
      lead: 'Every night Vejnet deletes what has been kept long enough. Here is what goes next, and here you can change the time or pause it.',
      name: 'Data',
      months: 'Kept',
      monthsOf: monthsEn,
      due: 'Over the time now',
      soon: 'Within 30 days',
      next: 'The next',
      nothing: 'Nothing',
      pausedUntil: (day: string) => `Paused until ${day}`,
      edit: 'Change',
      editThis: (name: string) => `Change the time of ${name}`,
      see: (name: string) => `See what goes soon of ${name}`,
      show: 'See',
      hide: 'Hide',
      hideThis: (name: string) => `Hide what goes soon of ${name}`,
      field: 'Months',
      fieldHelp: (floor: number, ceiling: number, standard: number) => `From ${floor} to ${ceiling}. Normally ${standard}.`,
      pause: 'Pause it',
      pauseHelp: 'For example while a complaint is being handled. A year at most.',
      until: 'Paused until',
      because: 'Why',
      save: 'Save the time',
      saved: (name: string) => `The time of ${name} is saved.`,
      notSaved: 'The time is not saved yet',
      goes: 'Goes',
      since: 'From',
      company: 'Company',
      noCompany: 'No company',
      noneSoon: 'Nothing goes within 30 days.',
      last: (gone: number, day: string) => `${rowsEn(gone)} ${day}`,
      lastHead: 'Last',
      never: 'Not yet',
      names: {
        call_notes: 'Notes on calls',
        not_interested: 'Calls where the company said no',
        meeting_people: 'People at meetings',
        enquiry_people: 'People behind enquiries',
        report_people: 'People in visit reports',
        mails: 'Mails that were sent',
        access_log: 'Who saw whom',
        audit: 'Lines of the log',
        sessions: 'Ended sessions',
        staff_left: 'People who have left',
        participants: 'Names of participants in classes',
        event_people: 'Participants of events',
        wish_forms: 'Wish forms',
        rotation_initials: 'Initials in job rotation',
        pool_requests: 'Applicants of course pools',
        training_days: 'Training days',
      },
    },
    access: {
      lead: 'Who opened whose data, newest first. Kept for two years unless you choose otherwise.',
      by: 'Seen by',
      anyone: 'Everybody',
      about: 'Shows only who has seen one particular person.',
      from: 'From',
      to: 'To',
      what: 'What',
      whom: 'Whom it is about',
      when: 'When',
      none: 'Nobody has seen anything that matches',
      emptyTitle: 'Nobody has seen anybody’s data yet',
      emptyText: 'A line comes here each time somebody opens a page with personal data.',
      whoSaw: (name: string) => `Who saw whom: ${name}`,
      at: (day: string, time: string) => `${day} at ${time}`,
    },
    texts: {
      lead: 'The record is made of the same register that search, person file and erasure work by. The texts are a beginning, not legal advice.',
      record: 'What the centre keeps',
      kind: 'Data',
      about: 'About whom',
      months: 'Kept',
      byHand: 'Until somebody deletes it',
      erasing: 'When erased',
      texts: 'Texts to begin with',
      da: 'Download in Danish',
      en: 'Download in English',
      take: (name: string, how: string) => `${name}: ${how}`,
      names: {
        record: 'Record of processing (article 30)',
        joint_controllers: 'Arrangement between the schools (article 26)',
        processor: 'Processor agreement (article 28)',
        notice: 'Notice to contacts (article 14)',
      },
      about_texts: {
        record: 'Which data the centre keeps, about whom and for how long.',
        joint_controllers: 'Which of the schools does what when they share data.',
        processor: 'With a call centre or somebody else who works for the centre.',
        notice: 'What a contact must be told within a month.',
      },
      processors: 'Agreements with processors',
      without: (name: string) => `${name} has no agreement that holds. Nobody there can call until there is one.`,
      endsOn: (name: string, day: string) => `The agreement with ${name} ends on ${day}.`,
      toProcessors: 'See all agreements',
    },
    file: {
      name: 'person-file.html',
      title: 'Person file',
      made: (centre: string, when: string) => `Made by ${centre} ${when}.`,
      lead: 'This is everything that the centre keeps about the person. You may ask to have something corrected or erased, object, and complain to the supervisory authority.',
      rows: 'Kept about the person',
      mentions: 'Named in texts about something else',
      readers: 'Who has seen it',
      kept: 'How long it is kept',
      data: 'The data as JSON',
      none: 'Nothing.',
      months: monthsEn,
      yes: 'yes',
      no: 'no',
    },
  },
);

interface TextFacts {
  centre: string;
  day: string;
  schools: readonly { name: string; town: string }[];
  processors: readonly string[];
  /** The register as a list in the text's language. */
  record: string;
}
type Texts = Record<'record' | 'joint_controllers' | 'processor' | 'notice', (facts: TextFacts) => string>;
const listOf = (items: readonly string[], none: string) => (items.length === 0 ? `- ${none}` : items.map((item) => `- ${item}`).join('\n'));

/** Texts to begin with, in our own words; each says that it is no legal advice. */
export const protectionTexts = words<Texts>(
  {
    record: ({ centre, day, schools, processors, record }) => `# Fortegnelse over behandling af persondata

${centre}, ${day}. Udkast efter databeskyttelsesforordningens artikel 30. Lavet af Vejnets register; ret til, før I bruger det. Ikke juridisk rådgivning.

## Fælles dataansvarlige

${listOf(
  schools.map(({ name, town }) => (town === '' ? name : `${name}, ${town}`)),
  'Skriv skolerne her',
)}

## Formål

At nå små virksomheder med vejledning om uddannelse, aftale besøg, følge op og koordinere skolernes opsøgende arbejde.

## Hvilke data, om hvem, hvor længe

${record}

## Modtagere

Skolerne i centret ser det, deres rolle giver adgang til. Databehandlere:

${listOf(processors, 'Ingen')}

Data bliver ikke overført til lande uden for EU.

## Sikkerhed

Hver rolle læser kun sine egne rækker, og databasen håndhæver det. Adgang til persondata bliver logget. Vejnet har ingen egne adgangskoder og gemmer ingen CPR-numre.
`,
    joint_controllers: ({ centre, day, schools }) => `# Ordning mellem fælles dataansvarlige

${centre}, ${day}. Udkast efter databeskyttelsesforordningens artikel 26. Ikke juridisk rådgivning.

Parterne er:

${listOf(
  schools.map(({ name, town }) => (town === '' ? name : `${name}, ${town}`)),
  'Skriv skolerne her',
)}

1. **Hvad vi er fælles om.** Parterne bestemmer sammen, hvordan oplysninger om virksomheder og deres kontakter bruges til fælles opsøgende vejledning.
2. **Hvad vi ikke er fælles om.** En skoles egne noter, egne lister og markeringer i en høring er skolens egne. Skolen er alene ansvarlig for dem.
3. **Hvem der gør hvad.** Centrets ansvarlige for databeskyttelse svarer på anmodninger om indsigt, rettelse og sletning og på indsigelser for alle. En skole, der får en anmodning, giver den videre senest næste arbejdsdag.
4. **Besked til kontakter.** Den, der skriver en kontakt ind, sørger for, at personen får besked inden for en måned. Centret følger op.
5. **Brud på sikkerheden.** Den, der opdager et brud, siger det straks til centrets ansvarlige, som vurderer, om det skal anmeldes inden for 72 timer.
6. **Tider for sletning.** De fælles tider står i Vejnet og kan kun ændres af centrets ansvarlige for databeskyttelse.
7. **En skole går ud.** Skolen læser intet fra dagen efter den sidste. Dens rapporter bliver stående i centret.
8. **Til de registrerede.** Det væsentlige i ordningen er åbent for alle, der spørger. En person kan vende sig til enhver af parterne.

Dato og underskrift for hver part:

${schools.map(({ name }) => `- ${name}: ______________________`).join('\n')}
`,
    processor: ({ centre, day, processors }) => `# Databehandleraftale

Mellem ${centre} (dataansvarlig) og ${processors[0] ?? '______________________'} (databehandler), ${day}. Udkast efter databeskyttelsesforordningens artikel 28. Ikke juridisk rådgivning.

1. **Opgaven.** Databehandleren ringer til virksomheder for centret og skriver, hvordan samtalen endte.
2. **Data.** Virksomhedens navn, by, telefon og branche i ord. Det, databehandleren skriver: udfald, note, hvem der blev talt med, og en aftalt tid.
3. **Kun efter instruks.** Databehandleren bruger kun data til opgaven og kun i Vejnet. Intet bliver kopieret til andre systemer, og der optages ikke samtaler uden aftale.
4. **Fortrolighed.** Alle, der ringer, har tavshedspligt og logger ind med egen konto.
5. **Sikkerhed.** Databehandleren sørger for, at skærme ikke kan ses af andre, og at konti lukkes samme dag, nogen stopper.
6. **Underdatabehandlere.** Kun med centrets skriftlige ja på forhånd.
7. **Hjælp.** Databehandleren giver anmodninger og indsigelser videre samme dag og hjælper ved brud på sikkerheden uden unødigt ophold.
8. **Når aftalen slutter.** Adgangen slutter samme dag. Databehandleren har intet at levere tilbage, fordi data kun er i Vejnet.
9. **Tilsyn.** Centret kan se loggen og spørge ind til, hvordan aftalen holdes, mindst en gang om året.

For centret: ______________________     For databehandleren: ______________________
`,
    notice: ({ centre, day }) => `# Besked om, at vi har skrevet dit navn ned

${centre}, ${day}. Udkast efter databeskyttelsesforordningens artikel 14. Ikke juridisk rådgivning.

Hej [navn]

Vi er ${centre}: skoler, der sammen vejleder små virksomheder om uddannelse. Vi har skrevet dit navn, din rolle og hvordan du kan nås, fordi du er den, vi taler med hos [firma].

- **Hvorfra:** [kilde].
- **Hvorfor:** så vi kan vejlede firmaet og holde det, vi aftaler. Grundlaget er [grundlag].
- **Hvem ser det:** vejledere og ledere på centrets skoler.
- **Hvor længe:** vi ser efter [dato], om vi stadig har brug for det.
- **Dine rettigheder:** du kan få at se, hvad vi har gemt, få det rettet eller slettet og sige nej til, at vi kontakter dig. Svar på denne mail. Du kan klage til Datatilsynet.

Det her er ikke reklame, og du behøver ikke gøre noget.

Venlig hilsen
${centre}
`,
  },
  {
    record: ({ centre, day, schools, processors, record }) => `# Record of processing of personal data

${centre}, ${day}. Draft under article 30 of the GDPR. Made of Vejnet’s register; adapt it before you use it. Not legal advice.

## Joint controllers

${listOf(
  schools.map(({ name, town }) => (town === '' ? name : `${name}, ${town}`)),
  'Write the schools here',
)}

## Purpose

To reach small companies with guidance on training, arrange visits, follow up, and coordinate the schools’ outreach.

## Which data, about whom, how long

${record}

## Recipients

The schools of the centre see what their role opens. Processors:

${listOf(processors, 'None')}

No data go to countries outside the EU.

## Security

Each role reads its own rows only, and the database enforces it. Access to personal data is logged. Vejnet has no passwords of its own and keeps no civil registration numbers.
`,
    joint_controllers: ({ centre, day, schools }) => `# Arrangement between joint controllers

${centre}, ${day}. Draft under article 26 of the GDPR. Not legal advice.

The parties are:

${listOf(
  schools.map(({ name, town }) => (town === '' ? name : `${name}, ${town}`)),
  'Write the schools here',
)}

1. **What we share.** The parties decide together how facts about companies and their contacts are used for joint outreach.
2. **What we do not share.** A school’s own notes, own lists and marks in a hearing are its own. The school alone answers for them.
3. **Who does what.** The centre’s data protection officer answers requests for access, correction and erasure, and objections, for everybody. A school that gets one passes it on by the next working day.
4. **Notice to contacts.** Whoever writes a contact down sees to it that the person is told within a month. The centre follows up.
5. **Breaches.** Whoever finds one tells the centre’s data protection officer at once, who decides whether it must be reported within 72 hours.
6. **Times of deletion.** The common times stand in Vejnet and can be changed by the centre’s data protection officer only.
7. **A school leaves.** It reads nothing from the day after its last. Its reports stay in the centre.
8. **Towards the persons.** The essence of this arrangement is open to anybody who asks. A person may turn to any of the parties.

Date and signature of each party:

${schools.map(({ name }) => `- ${name}: ______________________`).join('\n')}
`,
    processor: ({ centre, day, processors }) => `# Processor agreement

Between ${centre} (controller) and ${processors[0] ?? '______________________'} (processor), ${day}. Draft under article 28 of the GDPR. Not legal advice.

1. **The task.** The processor calls companies for the centre and writes down how the call ended.
2. **Data.** The company’s name, town, telephone and industry in words. What the processor writes: outcome, note, who was spoken to, and a time that was agreed.
3. **On instruction only.** The processor uses data for the task only and in Vejnet only. Nothing is copied to other systems, and no call is recorded without agreement.
4. **Confidentiality.** Everybody who calls is bound to secrecy and signs in with their own account.
5. **Security.** The processor sees to it that screens cannot be seen by others, and that accounts are closed on the day somebody leaves.
6. **Sub-processors.** With the centre’s prior written yes only.
7. **Help.** The processor passes requests and objections on the same day and helps with breaches without undue delay.
8. **When it ends.** Access ends the same day. The processor has nothing to hand back, because the data are in Vejnet only.
9. **Supervision.** The centre can see the log and ask how the agreement is kept, at least once a year.

For the centre: ______________________     For the processor: ______________________
`,
    notice: ({ centre, day }) => `# Notice that we wrote your name down

${centre}, ${day}. Draft under article 14 of the GDPR. Not legal advice.

Hello [name]

We are ${centre}: schools that together guide small companies on training. We wrote down your name, your role and how to reach you, because you are the one we talk to at [company].

- **From where:** [source].
- **Why:** so that we can guide the company and keep what we agree. The basis is [basis].
- **Who sees it:** advisers and managers of the centre’s schools.
- **How long:** on [date] we check whether we still need it.
- **Your rights:** you can see what we keep, have it corrected or erased, and say no to our contacting you. Answer this mail. You can complain to the supervisory authority.

This is not marketing, and you need not do anything.

Kind regards
${centre}
`,
  },
);

export const dataProtectionProblems = words(
  {
    too_little: 'Skriv mindst tre bogstaver af et navn, en hel mailadresse eller otte cifre.',
    still_here: 'Personen arbejder her stadig. Afslut rollerne først.',
    works_elsewhere: 'Personen arbejder også i et andet center og kan ikke slettes herfra.',
    months_outside: 'Så længe kan de data ikke gemmes. Vælg et tal mellem grænserne.',
    pause_too_long: 'En pause slutter tidligst i dag og senest om et år.',
  },
  {
    too_little: 'Write at least three letters of a name, a whole e-mail address, or eight digits.',
    still_here: 'The person still works here. End the roles first.',
    works_elsewhere: 'The person works in another centre too and cannot be erased from here.',
    months_outside: 'These data cannot be kept for that long. Choose a number within the limits.',
    pause_too_long: 'A pause ends today at the earliest and in a year at the latest.',
  },
);
