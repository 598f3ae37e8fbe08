import { words } from '../../../kit/words.ts';
import type { moveStates } from './contract.ts';

const danish = (heads: number) => (heads === 1 ? '1 plads' : `${heads} pladser`);
const english = (heads: number) => (heads === 1 ? '1 seat' : `${heads} seats`);

export const seatMovesWords = words(
  {
    title: 'Flytninger mellem hold',
    lead: 'Deltagere flyttes, når det giver flere et hold, der kan køre. Mellem to skoler skal begge sige ja.',
    emptyTitle: 'Ingen flytninger',
    emptyText: 'Når et forslag fra idébanken flytter deltagere til en anden skoles hold, står det her, til begge skoler har svaret.',
    toAnswer: 'Flytninger, der venter på jeres svar',
    one: (heads: number, title: string) => `${danish(heads)} på ${title}`,
    end: (school: string, town: string, day: string) => [school, town, day].filter((part) => part !== '').join(', '),
    from: 'Fra',
    to: 'Til',
    companyLater: 'Hvilket firma det er, ser I, når begge skoler har sagt ja.',
    answerBefore: (day: string) => `Svar senest ${day}`,
    states: { asked: 'Venter på svar', done: 'Flyttet', declined: 'Sagt nej', withdrawn: 'Taget tilbage', lapsed: 'Blev ikke til noget' } satisfies Record<(typeof moveStates)[number], string>,
    saidYes: (school: string) => `${school} har sagt ja`,
    notYet: (school: string) => `${school} har ikke svaret`,
    agree: 'Sig ja',
    decline: 'Sig nej',
    declineSave: 'Sig nej',
    because: 'Hvorfor?',
    notDeclined: 'Svaret blev ikke gemt',
    withdraw: 'Tag tilbage',
    named: (action: string, what: string) => `${action}: ${what}`,
    agreed: 'I har sagt ja. Firmaet hører fra os, når begge skoler har svaret.',
    moved: 'Begge har sagt ja, og pladserne er flyttet.',
    declined: 'I har sagt nej. Deltagerne bliver, hvor de er.',
    withdrawn: 'Flytningen er taget tilbage.',
    all: 'Alle flytninger',
    letter: {
      subject: 'Vil I sige ja til en flytning?',
      text: (count: number) =>
        `${count === 1 ? 'Der er en flytning' : `Der er ${count} flytninger`} mellem jeres og en anden skoles hold, som I skal sige ja eller nej til. Den giver flere et hold, der kan køre.`,
      read: (link: string) => `Se og svar her:\n${link}`,
      hello: (name: string) => `Hej ${name}`,
    },
  },
  {
    title: 'Moves between classes',
    lead: 'Participants move where that gives more people a class that can run. Between two schools both must say yes.',
    emptyTitle: 'No moves',
    emptyText: 'When a proposal of the idea bank moves participants to another school’s class, it stands here until both schools have answered.',
    toAnswer: 'Moves that wait for your answer',
    one: (heads: number, title: string) => `${english(heads)} in ${title}`,
    end: (school: string, town: string, day: string) => [school, town, day].filter((part) => part !== '').join(', '),
    from: 'From',
    to: 'To',
    companyLater: 'You see which company it is once both schools have said yes.',
    answerBefore: (day: string) => `Answer by ${day}`,
    states: { asked: 'Waits for an answer', done: 'Moved', declined: 'Declined', withdrawn: 'Taken back', lapsed: 'Came to nothing' },
    saidYes: (school: string) => `${school} said yes`,
    notYet: (school: string) => `${school} has not answered`,
    agree: 'Say yes',
    decline: 'Say no',
    declineSave: 'Say no',
    because: 'Why?',
    notDeclined: 'The answer was not saved',
    withdraw: 'Take back',
    named: (action: string, what: string) => `${action}: ${what}`,
    agreed: 'You said yes. The company hears from us when both schools have answered.',
    moved: 'Both said yes, and the seats have moved.',
    declined: 'You said no. The participants stay where they are.',
    withdrawn: 'The move was taken back.',
    all: 'All moves',
    letter: {
      subject: 'Will you say yes to a move?',
      text: (count: number) =>
        `${count === 1 ? 'There is a move' : `There are ${count} moves`} between your classes and another school’s to say yes or no to. More people get a class that can run by it.`,
      read: (link: string) => `Read and answer here:\n${link}`,
      hello: (name: string) => `Hello ${name}`,
    },
  },
);

export const seatMovesProblems = words(
  {
    move_gone: 'Det kan ikke længere lade sig gøre: pladsen eller et af holdene har ændret sig.',
    move_full: 'Der er ikke plads på det andet hold, eller nogen venter der.',
    move_not_yours: 'Kun lederne på de to skoler kan svare.',
  },
  {
    move_gone: 'It is not possible any more: the seat or one of the classes has changed.',
    move_full: 'There is no room in the other class, or somebody waits there.',
    move_not_yours: 'Only the managers of the two schools can answer.',
  },
);
