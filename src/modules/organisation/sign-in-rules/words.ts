import { words } from '../../../kit/words.ts';

const danishTime = (minutes: number) =>
  minutes % 1440 === 0 ? (minutes === 1440 ? '1 døgn' : `${minutes / 1440} døgn`) : minutes % 60 === 0 ? (minutes === 60 ? '1 time' : `${minutes / 60} timer`) : `${minutes} minutter`;
const englishTime = (minutes: number) =>
  minutes % 1440 === 0 ? (minutes === 1440 ? '1 day' : `${minutes / 1440} days`) : minutes % 60 === 0 ? (minutes === 60 ? '1 hour' : `${minutes / 60} hours`) : `${minutes} minutes`;

export const signInRulesWords = words(
  {
    title: 'Regler for login',
    time: danishTime,
    life: 'Et login varer højst',
    idle: 'Og slutter uden brug efter',
    ways: 'Tilladte måder',
    wayNames: { mail: 'Kode på mail', passkey: 'Adgangsnøgle', provider: 'Institutionens login' },
    saidTime: (life: string, idle: string) => `Et login varer højst ${life} og slutter, når det ikke er brugt i ${idle}.`,
    saidWays: (names: string) => `Man kan logge ind med: ${names}.`,
    help: 'Reglerne gælder med det samme. De, der ikke længere passer, bliver logget ud, også du selv. Invitationer og driftens link fra kommandolinjen virker altid, da i en time.',
    edit: 'Ret reglerne',
    save: 'Gem reglerne',
    notSaved: 'Reglerne er ikke gemt endnu',
    saved: (ended: number) => (ended === 0 ? 'Reglerne er gemt.' : ended === 1 ? 'Reglerne er gemt. En session er afsluttet.' : `Reglerne er gemt. ${ended} sessioner er afsluttet.`),
  },
  {
    title: 'Rules for signing in',
    time: englishTime,
    life: 'A sign-in lasts at most',
    idle: 'And ends without use after',
    ways: 'Allowed ways',
    wayNames: { mail: 'Code by mail', passkey: 'Passkey', provider: 'The institution’s login' },
    saidTime: (life: string, idle: string) => `A sign-in lasts at most ${life}, and ends when it was not used for ${idle}.`,
    saidWays: (names: string) => `People can sign in with: ${names}.`,
    help: 'The rules hold at once. Whoever no longer fits is signed out, you too. Invitations and the operator’s link from the command line always work, then for an hour.',
    edit: 'Edit the rules',
    save: 'Save the rules',
    notSaved: 'The rules are not saved yet',
    saved: (ended: number) => (ended === 0 ? 'The rules are saved.' : ended === 1 ? 'The rules are saved. One session was ended.' : `The rules are saved. ${ended} sessions were ended.`),
  },
);

export const signInRulesProblems = words(
  {
    no_way_left: 'Så kunne ingen nye logge ind. Lad mail være åben, eller slå først et institutionslogin til.',
    would_lock_out: 'Log først selv ind med en af de måder, der bliver tilbage. Så ved vi, at den virker.',
  },
  {
    no_way_left: 'Then nobody new could sign in. Keep mail open, or switch on an institution’s login first.',
    would_lock_out: 'First sign in yourself by one of the ways that stay. Then we know that it works.',
  },
);
