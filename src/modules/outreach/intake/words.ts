import { words } from '../../../kit/words.ts';

export const intakeWords = words(
  {
    title: 'Send en rapport som mail',
    help: 'Skriv en mail til din egen hemmelige adresse, fra den adresse du logger ind med. Så bliver den til en kladde, som du bekræfter på telefonen. Ingen andre ser den, før du sender den.',
    closed: 'Her kan man ikke sende rapporter som mail. Den, der driver Vejnet, kan åbne for det.',
    on: (when: string) => `Slået til ${when}. Adressen vises ikke igen.`,
    make: 'Lav en hemmelig adresse',
    renew: 'Lav en ny adresse',
    renewText: 'Laver du en ny adresse, holder den gamle op med at virke.',
    end: 'Slå fra',
    ended: 'Mailadressen virker ikke mere.',
    shown: 'Kopiér adressen nu, og gem den som en kontakt. Den vises kun denne ene gang.',
    address: 'Hemmelig mailadresse',
    copy: 'Kopiér',
    copied: 'Kopieret',

    mail: 'Mailen, som kladden er lavet af',
    from: (address: string, when: string) => `Fra ${address}, ${when}`,
    noSubject: '(uden emne)',
    text: 'Hele mailen, som den kom',
    forgotten: 'Teksten er glemt efter 90 dage.',
    original: 'Hent mailen, som den kom',
    companies: 'Er det et af disse firmaer?',
    why: { cvr: 'CVR-nummeret står i mailen', meeting: 'Du har haft et møde med firmaet, og navnet står i mailen', name: 'Du har skrevet om firmaet før, og navnet står i mailen' },
    choose: (company: string) => `Vælg ${company}`,
    refusedFiles: 'Disse filer kom ikke med:',
    refused: { too_large: 'for stor', too_many: 'for mange filer', empty: 'tom' },

    letter: {
      hello: (name: string) => `Hej ${name}`,
      readySubject: 'Kladden er klar',
      about: (subject: string) => `Din mail: ${subject}`,
      ready: 'Kladden er klar: bekræft firmaet og send den. Ingen andre kan se den endnu.',
      open: (link: string) => `Åbn kladden: ${link}`,
      files: (list: string) => `Disse filer kom ikke med:\n${list}`,
      failedSubject: 'Mailen blev ikke til en kladde',
      tooLarge: 'Mailen var for stor. Vejnet tager imod 25 MB i alt. Send den igen uden de største filer.',
      unreadable: 'Mailen kunne ikke læses. Send den igen som almindelig tekst, eller skriv rapporten i Vejnet.',
    },
  },
  {
    title: 'Send a report by mail',
    help: 'Write a mail to your own secret address, from the address you sign in with. It becomes a draft that you confirm on the phone. Nobody else sees it before you send it.',
    closed: 'Reports cannot be sent by mail here. Whoever runs Vejnet can open for it.',
    on: (when: string) => `On since ${when}. The address is not shown again.`,
    make: 'Make a secret address',
    renew: 'Make a new address',
    renewText: 'If you make a new address, the old one stops working.',
    end: 'Switch off',
    ended: 'The mail address no longer works.',
    shown: 'Copy the address now, and keep it as a contact. It is shown only this once.',
    address: 'Secret mail address',
    copy: 'Copy',
    copied: 'Copied',

    mail: 'The mail that the draft was made of',
    from: (address: string, when: string) => `From ${address}, ${when}`,
    noSubject: '(no subject)',
    text: 'The whole mail as it came',
    forgotten: 'The text has been forgotten after 90 days.',
    original: 'Fetch the mail as it came',
    companies: 'Is it one of these companies?',
    why: { cvr: 'Its company number is in the mail', meeting: 'You have met the company, and its name is in the mail', name: 'You have reported on the company before, and its name is in the mail' },
    choose: (company: string) => `Choose ${company}`,
    refusedFiles: 'These files did not come along:',
    refused: { too_large: 'too large', too_many: 'too many files', empty: 'empty' },

    letter: {
      hello: (name: string) => `Hello ${name}`,
      readySubject: 'The draft is ready',
      about: (subject: string) => `Your mail: ${subject}`,
      ready: 'The draft is ready: confirm the company and send it. Nobody else can see it yet.',
      open: (link: string) => `Open the draft: ${link}`,
      files: (list: string) => `These files did not come along:\n${list}`,
      failedSubject: 'The mail did not become a draft',
      tooLarge: 'The mail was too large. Vejnet takes 25 MB in all. Send it again without the largest files.',
      unreadable: 'The mail could not be read. Send it again as plain text, or write the report in Vejnet.',
    },
  },
);

/** To somebody nobody knows: both languages go out in one, and not a word about who or what there is. */
export const strangerWords = words(
  {
    subject: 'Din mail blev ikke læst',
    text: 'Hej\n\nKun centrets konsulenter kan skrive til denne adresse, hver fra sin egen. Din mail er ikke læst eller gemt. Handler den om et møde, så skriv eller ring til den konsulent, der står i indbydelsen.',
  },
  {
    subject: 'Your mail was not read',
    text: 'Hello\n\nOnly the centre’s consultants can write to this address, each from their own. Your mail has not been read or kept. If it is about a meeting, write to or ring the consultant named in the invitation.',
  },
);

export const intakeProblems = words(
  {
    not_your_address: 'Adressen er en andens.',
    intake_closed: 'Her kan man ikke sende rapporter som mail.',
    no_intake: 'Her er ingenting.',
    empty_mail: 'Mailen er tom.',
  },
  {
    not_your_address: 'The address is somebody else’s.',
    intake_closed: 'Reports cannot be sent by mail here.',
    no_intake: 'There is nothing here.',
    empty_mail: 'The mail is empty.',
  },
);
