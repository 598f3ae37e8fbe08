import { words } from '../../../kit/words.ts';

export const deskWords = words(
  {
    book: 'Book mødet',
    noTime: 'Vil gerne, men uden tid nu',
    noTimeHelp: 'Firmaet bliver ringet op igen, først af alle, når der er tider.',
    needsNote: 'Skriv i noten, hvad I talte om. Det er det, konsulenten ved om firmaet.',
    needsPerson: 'Skriv, hvem konsulenten skal møde.',
    needsSlot: 'Vælg en tid først.',
    place: 'Mødested (kan udelades)',
    placeHelp: 'Ellers er det hos firmaet.',
    invited: 'Konsulenten får indbydelsen nu, og firmaet også, hvis der er en mailadresse.',
    notBooked: 'Mødet er ikke booket, og opkaldet er ikke gemt endnu. Din note er her.',
  },
  {
    book: 'Book the meeting',
    noTime: 'Wants it, but no time now',
    noTimeHelp: 'The company is called again, before all others, when there are times.',
    needsNote: 'Write in the note what you talked about. It is what the consultant knows of the company.',
    needsPerson: 'Write whom the consultant is to meet.',
    needsSlot: 'Choose a time first.',
    place: 'Where to meet (optional)',
    placeHelp: 'Otherwise it is at the company.',
    invited: 'The consultant is invited now, and the company too if there is an address.',
    notBooked: 'The meeting is not booked, and the call is not recorded yet. Your note is here.',
  },
);
