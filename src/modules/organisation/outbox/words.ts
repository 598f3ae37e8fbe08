import { words } from '../../../kit/words.ts';

export const outboxWords = words(
  {
    title: 'Udbakke',
    lead: 'Mails, som Vejnet har skrevet for centret. Teksten kan ingen læse her.',
    state: 'Tilstand',
    any: 'Alle',
    states: { waiting: 'Venter', sent: 'Sendt', failed: 'Ikke sendt' },
    none: 'Ingen mails passer til filteret',
    emptyTitle: 'Ingen mails endnu',
    emptyText: 'Her kommer de mails, Vejnet skriver: invitationer, aftaler om besøg, påmindelser.',
    to: 'Til',
    subject: 'Emne',
    when: 'Skrevet',
    at: (day: string, time: string) => `${day} kl. ${time}`,
    failures: {
      refused: 'Modtagerens server afviste den. Adressen er nok forkert.',
      busy: 'Modtagerens server bad os vente.',
      unreachable: 'Vi kan ikke nå vores egen mailserver.',
      other: 'Den kunne ikke sendes.',
      withheld: 'Modtageren har sagt nej til mails eller er slettet. Den bliver ikke sendt.',
    },
    tries: (count: number) => (count === 1 ? 'Forsøgt 1 gang.' : `Forsøgt ${count} gange.`),
    again: 'Send igen',
    againTo: (to: string) => `Send igen til ${to}`,
    waits: (to: string) => `Mailen til ${to} venter på at blive sendt.`,
  },
  {
    title: 'Outbox',
    lead: 'Mail that Vejnet wrote for the centre. Nobody can read the text here.',
    state: 'State',
    any: 'All',
    states: { waiting: 'Waiting', sent: 'Sent', failed: 'Not sent' },
    none: 'No mail fits the filter',
    emptyTitle: 'No mail yet',
    emptyText: 'Here you will find the mail that Vejnet writes: invitations, appointments, reminders.',
    to: 'To',
    subject: 'Subject',
    when: 'Written',
    at: (day: string, time: string) => `${day} at ${time}`,
    failures: {
      refused: 'The receiver’s server refused it. The address is probably wrong.',
      busy: 'The receiver’s server asked us to wait.',
      unreachable: 'We cannot reach our own mail server.',
      other: 'It could not be sent.',
      withheld: 'The receiver said no to mail, or was erased. It is not sent.',
    },
    tries: (count: number) => (count === 1 ? 'Tried once.' : `Tried ${count} times.`),
    again: 'Send again',
    againTo: (to: string) => `Send again to ${to}`,
    waits: (to: string) => `The mail to ${to} waits to be sent.`,
  },
);

export const outboxProblems = words(
  { mail_not_failed: 'Mailen venter allerede eller er sendt.', mail_withheld: 'Modtageren har sagt nej til mails eller er slettet.' },
  { mail_not_failed: 'The mail is waiting already, or was sent.', mail_withheld: 'The receiver said no to mail, or was erased.' },
);
