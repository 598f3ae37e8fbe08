import { words } from '../../../kit/words.ts';
import { contactsWords } from '../contacts/words.ts';
import { registerWords } from '../register/words.ts';

export const timelineWords = words(
  {
    title: 'Historien',
    emptyTitle: 'Der er ikke sket noget endnu',
    emptyText: 'Opkald, besøg og aftaler kommer her efterhånden, det nyeste først.',
    today: 'I dag',
    at: (time: string) => `Kl. ${time}`,
    by: (when: string, who: string) => `${when} af ${who}`,
    kinds: {
      'company.added': 'Virksomheden er tilføjet',
      'contact.added': 'Ny kontakt',
      'exception.recorded': 'Firmaet må kontaktes',
      'meeting.booked': 'Møde booket',
      'meeting.moved': 'Mødet er flyttet',
      'meeting.cancelled': 'Mødet er aflyst',
      'meeting.done': 'Mødet blev holdt',
      'meeting.no_show': 'Der var ingen til mødet',
    } as Record<string, string>,
    other: 'Noget er skrevet i historien',
    roles: contactsWords.da.roles as Record<string, string>,
    exceptions: registerWords.da.exceptions as Record<string, string>,
    quoted: registerWords.da.quoted,
    ownSchool: 'Kun din skole kan læse det.',
  },
  {
    title: 'The story',
    emptyTitle: 'Nothing has happened yet',
    emptyText: 'Calls, visits and agreements will be here as they come, the newest first.',
    today: 'Today',
    at: (time: string) => time,
    by: (when: string, who: string) => `${when} by ${who}`,
    kinds: {
      'company.added': 'The company was added',
      'contact.added': 'New contact',
      'exception.recorded': 'The company may be approached',
      'meeting.booked': 'Meeting booked',
      'meeting.moved': 'The meeting was moved',
      'meeting.cancelled': 'The meeting was cancelled',
      'meeting.done': 'The meeting took place',
      'meeting.no_show': 'Nobody was at the meeting',
    } as Record<string, string>,
    other: 'Something was written in the story',
    roles: contactsWords.en.roles as Record<string, string>,
    exceptions: registerWords.en.exceptions as Record<string, string>,
    quoted: registerWords.en.quoted,
    ownSchool: 'Only your school can read it.',
  },
);
