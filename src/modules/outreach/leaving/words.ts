import { words } from '../../../kit/words.ts';

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const leavingWords = words(
  {
    title: 'Skolens sidste dag',
    lastDay: 'Sidste dag i centret',
    help: 'Skolen er med til og med den dag. Du kan tage dagen tilbage, indtil den er gået.',
    next: 'Se, hvad der sker',
    notWritten: 'Dagen er ikke skrevet endnu',
    sure: (school: string, day: string) => `Er ${day} den sidste dag for ${school}?`,
    people: (count: number) => `${counted(count, 'persons', 'personers')} roller på skolen slutter.`,
    behind: (parts: readonly string[]) => `Til koordinatoren: ${parts.join(', ')}.`,
    meetings: (count: number) => counted(count, 'møde uden konsulent', 'møder uden konsulent'),
    companies: (count: number) => counted(count, 'firma uden kontaktperson', 'firmaer uden kontaktperson'),
    tasks: (count: number) => counted(count, 'opgave, som ingen har', 'opgaver, som ingen har'),
    corners: (count: number) => counted(count, 'dag i et vejledningshjørne', 'dage i vejledningshjørner'),
    turns: (count: number) => counted(count, 'vagt eller værtskab', 'vagter og værtskaber'),
    nothing: 'Intet bliver liggende.',
    stays: 'Det, skolen har gjort, bliver stående med dens navn.',
    yes: 'Skriv den sidste dag',
  },
  {
    title: 'The school’s last day',
    lastDay: 'Last day in the centre',
    help: 'The school takes part up to and with that day. You can take it back until it is over.',
    next: 'See what happens',
    notWritten: 'The day is not written yet',
    sure: (school: string, day: string) => `Is ${day} the last day of ${school}?`,
    people: (count: number) => `The roles of ${counted(count, 'person', 'people')} at the school end.`,
    behind: (parts: readonly string[]) => `To the coordinator: ${parts.join(', ')}.`,
    meetings: (count: number) => counted(count, 'meeting without a consultant', 'meetings without a consultant'),
    companies: (count: number) => counted(count, 'company without a contact person', 'companies without a contact person'),
    tasks: (count: number) => counted(count, 'task that nobody has', 'tasks that nobody has'),
    corners: (count: number) => counted(count, 'day of a guidance corner', 'days of guidance corners'),
    turns: (count: number) => counted(count, 'turn', 'turns'),
    nothing: 'Nothing is left behind.',
    stays: 'What the school has done stays, with its name.',
    yes: 'Write the last day',
  },
);
