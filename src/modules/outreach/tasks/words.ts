import { words } from '../../../kit/words.ts';

export const tasksWords = words(
  {
    mine: 'Det skal du gøre',
    title: 'Hvem gør hvad',
    company: 'Firmaet selv',
    by: (day: string) => `Senest ${day}`,
    late: (day: string) => `Skulle være gjort ${day}`,
    finish: 'Gjort',
    finishOf: (what: string) => `Gjort: ${what}`,
    reopen: 'Ikke gjort alligevel',
    done: 'Gjort',
    none: 'Ingen har noget, der skal gøres.',
    finished: (what: string) => `»${what}« er gjort.`,
    undo: 'Fortryd',
    letter: {
      subject: (company: string) => `En opgave for dig: ${company}`,
      hello: (name: string) => `Hej ${name}`,
      yours: (company: string) => `Efter et besøg hos ${company} er det aftalt, at du gør dette:`,
      line: (what: string, day: string) => `- ${what}, senest ${day}`,
      readMore: (address: string) => `Læs besøgsrapporten: ${address}`,
    },
  },
  {
    mine: 'For you to do',
    title: 'Who does what',
    company: 'The company itself',
    by: (day: string) => `By ${day}`,
    late: (day: string) => `Was due ${day}`,
    finish: 'Done',
    finishOf: (what: string) => `Done: ${what}`,
    reopen: 'Not done after all',
    done: 'Done',
    none: 'Nobody has anything left to do.',
    finished: (what: string) => `“${what}” is done.`,
    undo: 'Undo',
    letter: {
      subject: (company: string) => `A task for you: ${company}`,
      hello: (name: string) => `Hello ${name}`,
      yours: (company: string) => `After a visit to ${company} it was agreed that you do this:`,
      line: (what: string, day: string) => `- ${what}, by ${day}`,
      readMore: (address: string) => `Read the visit report: ${address}`,
    },
  },
);

export const tasksProblems = words({ task_not_yours: 'Opgaven er en andens. Spørg den, der har den.' }, { task_not_yours: 'The task is somebody else’s. Ask whoever has it.' });
