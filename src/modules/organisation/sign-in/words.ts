import type { Role } from '../../../kit/access.ts';
import { words } from '../../../kit/words.ts';
import type { Way } from './contract.ts';

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

/** By which way a session began. */
export const wayWords = words(
  {
    ways: { mail: 'Kode på mail', invitation: 'Invitation', operator: 'Link fra driften', passkey: 'Adgangsnøgle', provider: 'Institutionens login', demonstration: 'Demonstration' } satisfies Record<
      Way,
      string
    >,
    levels: { low: 'Lav', substantial: 'Betydelig', high: 'Høj' },
  },
  {
    ways: { mail: 'Code by mail', invitation: 'Invitation', operator: 'Link from the operator', passkey: 'Passkey', provider: 'The institution’s login', demonstration: 'Demonstration' },
    levels: { low: 'Low', substantial: 'Substantial', high: 'High' },
  },
);

/** The mail with a one-time code. */
export const codeMail = words(
  {
    subject: (code: string) => `Din kode er ${code}`,
    text: (name: string, code: string, link: string) =>
      `Hej ${name}\n\nDin kode til Vejnet er ${code}\n\nSkriv den i den browser, hvor du bad om den. Læser du mailen et andet sted, så åbn dette link:\n${link}\n\nKoden og linket gælder i 10 minutter og virker én gang. Beder du om en ny kode, gælder de ikke mere. Har du ikke bedt om dem, skal du ikke gøre noget.\n`,
    closedSubject: 'Log ind på en anden måde',
    closedText: (name: string, address: string) =>
      `Hej ${name}\n\nDit center logger ikke ind med koder på mail. Åbn Vejnet, og vælg din institution eller en adgangsnøgle:\n${address}\n\nHar du ikke bedt om en kode, skal du ikke gøre noget.\n`,
  },
  {
    subject: (code: string) => `Your code is ${code}`,
    text: (name: string, code: string, link: string) =>
      `Hello ${name}\n\nYour code for Vejnet is ${code}\n\nType it in the browser where you asked for it. If you read this mail somewhere else, open this link:\n${link}\n\nThe code and the link hold for 10 minutes and work once. If you ask for a new code, they no longer hold. If you did not ask for them, you need not do anything.\n`,
    closedSubject: 'Sign in another way',
    closedText: (name: string, address: string) =>
      `Hello ${name}\n\nYour centre does not sign in with codes by mail. Open Vejnet and choose your institution or a passkey:\n${address}\n\nIf you did not ask for a code, you need not do anything.\n`,
  },
);

/** The mail that invites somebody to a centre. */
export const inviteMail = words(
  {
    subject: (centre: string) => `Du er inviteret til Vejnet hos ${centre}`,
    text: (name: string, centre: string, link: string) =>
      `Hej ${name}\n\n${centre} har inviteret dig til Vejnet. Åbn linket for at begynde:\n${link}\n\nLinket gælder i en uge og virker én gang. Siden kan du altid bede om en kode på mail. Du skal ikke huske en adgangskode.\n`,
  },
  {
    subject: (centre: string) => `You are invited to Vejnet at ${centre}`,
    text: (name: string, centre: string, link: string) =>
      `Hello ${name}\n\n${centre} has invited you to Vejnet. Open the link to start:\n${link}\n\nThe link holds for a week and works once. Later you can always ask for a code by mail. There is no password to remember.\n`,
  },
);

export const signInWords = words(
  {
    title: 'Log ind',
    mailTitle: 'Log ind med din arbejdsmail',
    mailLead: 'Vi sender dig en kode. Du skal ikke huske en adgangskode.',
    mail: 'Arbejdsmail',
    send: 'Send mig en kode',
    sent: (mail: string) => `Kender vi ${mail}, er der en mail på vej med en kode på seks cifre. Koden virker i denne browser, linket i mailen i alle.`,
    code: 'Kode fra mailen',
    enter: 'Log ind',
    another: 'Brug en anden mail',
    outTitle: 'Du er logget ud af Vejnet',
    outText: (login: string) => `Hos ${login} er du måske stadig logget ind. Bruger andre denne computer, så log også ud dér.`,
    alsoOut: (login: string) => `Log også ud hos ${login}`,
    linkTitle: 'Velkommen til Vejnet',
    linkLead: 'Tryk for at logge ind med linket fra din mail.',
    mailbox: 'Demonstrationens postkasse',
    mailboxLead: 'Her er hver mail, Vejnet har skrevet. Ingen af dem har forladt maskinen.',
    mailboxEmpty: 'Ingen mails endnu',
    to: 'Til',
    calendar: 'Hent kalenderfilen',
    calendarAt: (when: string, place: string) => `Indbydelse: ${when}, ${place}`,
    calendarCancelled: (when: string, place: string) => `Aflysning: ${when}, ${place}`,
    back: 'Til forsiden',
    demoTitle: 'Vælg, hvem du vil være',
    demoLead: 'Alt her er opdigtet. Se det samme center gennem otte personers øjne.',
    demoStrip: 'Alt her er opdigtet.',
    who: 'Vælg en person',
    otherLanguage: 'English',
    accessibility: 'Tilgængelighedserklæring',
    loading: 'Henter',
  },
  {
    title: 'Sign in',
    mailTitle: 'Sign in with your work e-mail',
    mailLead: 'We send you a code. There is no password to remember.',
    mail: 'Work e-mail',
    send: 'Send me a code',
    sent: (mail: string) => `If we know ${mail}, a mail with a six-digit code is on its way. The code works in this browser, the link in the mail in any.`,
    code: 'Code from the mail',
    enter: 'Sign in',
    another: 'Use another e-mail',
    outTitle: 'You are signed out of Vejnet',
    outText: (login: string) => `You may still be signed in at ${login}. If others use this computer, sign out there too.`,
    alsoOut: (login: string) => `Sign out at ${login} too`,
    linkTitle: 'Welcome to Vejnet',
    linkLead: 'Press to sign in with the link from your mail.',
    mailbox: 'The demonstration’s mailbox',
    mailboxLead: 'Every mail that Vejnet has written. None of them has left this machine.',
    mailboxEmpty: 'No mails yet',
    to: 'To',
    calendar: 'Download the calendar file',
    calendarAt: (when: string, place: string) => `Invitation: ${when}, ${place}`,
    calendarCancelled: (when: string, place: string) => `Cancellation: ${when}, ${place}`,
    back: 'To the front page',
    demoTitle: 'Choose who to be',
    demoLead: 'Everything here is made up. See the same centre through the eyes of eight people.',
    demoStrip: 'Everything here is made up.',
    who: 'Choose a person',
    otherLanguage: 'Dansk',
    accessibility: 'Accessibility statement',
    loading: 'Loading',
  },
);

/** Showing once more who sits there, before the ways in are changed. */
export const confirmWords = words(
  {
    title: 'Vis, at det er dig',
    lead: (email: string) => `Før du ændrer, hvordan du logger ind, sender vi en kode til ${email}.`,
    send: 'Send mig en kode',
    sent: (email: string) => `Koden er på vej til ${email}.`,
    code: 'Kode fra mailen',
    go: 'Fortsæt',
    notConfirmed: 'Vi ved ikke endnu, at det er dig',
  },
  {
    title: 'Show that it is you',
    lead: (email: string) => `Before you change how you sign in, we send a code to ${email}.`,
    send: 'Send me a code',
    sent: (email: string) => `The code is on its way to ${email}.`,
    code: 'Code from the mail',
    go: 'Continue',
    notConfirmed: 'We do not know yet that it is you',
  },
);

/** The demonstration's date switch. */
export const clockWords = words(
  {
    title: 'Demonstrationens ur',
    now: (day: string, time: string) => `Klokken er ${time.replace(':', '.')} ${day}`,
    nextDay: 'Næste dag',
    nextWeek: 'En uge frem',
    day: 'Dag',
    time: 'Klokkeslæt',
    move: 'Stil uret',
    notMoved: 'Uret er ikke stillet',
    note: 'Det gælder for alle i demonstrationen. Går du tilbage i tiden, bliver det stående, som er skrevet imens.',
  },
  {
    title: 'The demonstration’s clock',
    now: (day: string, time: string) => `It is ${time} on ${day}`,
    nextDay: 'Next day',
    nextWeek: 'One week on',
    day: 'Day',
    time: 'Time',
    move: 'Set the clock',
    notMoved: 'The clock was not set',
    note: 'It holds for everybody in the demonstration. If you go back in time, what was written meanwhile stays.',
  },
);

export const signInProblems = words(
  {
    unknown_person: 'Den person findes ikke i demonstrationen.',
    code_wrong: 'Koden passer ikke, er for gammel, eller der er bedt om den i en anden browser. Bed om en ny her, eller åbn linket i mailen.',
    link_used_up: 'Linket er brugt, eller det er for gammelt. Bed om en kode i stedet.',
    way_closed: 'Dit center tillader ikke at logge ind på den måde. Brug en af de andre.',
    confirm_first: 'Vis først, at det er dig: Bed om en ny kode på mail, og skriv den her.',
    hat_not_yours: 'Den rolle har du ikke i dag.',
    no_demonstration: 'Uret kan kun flyttes i en demonstration.',
  },
  {
    unknown_person: 'There is no such person in the demonstration.',
    code_wrong: 'The code does not fit, is too old, or was asked for in another browser. Ask for a new one here, or open the link in the mail.',
    link_used_up: 'The link was used, or is too old. Ask for a code instead.',
    way_closed: 'Your centre does not allow signing in this way. Use one of the others.',
    confirm_first: 'Show first that it is you: ask for a new code by mail, and write it here.',
    hat_not_yours: 'You do not hold this role today.',
    no_demonstration: 'The clock can only be moved in a demonstration.',
  },
);
