import { words } from '../../kit/words.ts';

const da = (count: number) => count.toLocaleString('da-DK');
const en = (count: number) => count.toLocaleString('en-GB');

/** What every file that is read in says of itself, whatever it holds. */
export const fileWords = words(
  {
    chooseFile: 'Vælg en fil',
    sending: (size: string) => `Sender ${size}. Bliv på siden, til filen er sendt.`,
    states: {
      received: 'Venter',
      reading: 'Bliver læst',
      ready: 'Klar til at blive skrevet',
      applying: 'Bliver skrevet',
      done: 'Skrevet',
      undoing: 'Bliver fortrudt',
      undone: 'Fortrudt',
      failed: 'Gik galt',
      cancelled: 'Smidt væk',
    },
    someone: 'En, der er slettet',
    by: (when: string, who: string) => `${when} af ${who}`,
    at: (day: string, time: string) => `${day} kl. ${time}`,
    soFar: (count: number) => `${da(count)} ${count === 1 ? 'række' : 'rækker'} læst`,
    figures: (done: number, total: number) => `${da(done)} af ${da(total)}`,
    mayLeave: 'Du kan godt gå videre. Filen står på listen, når den er færdig.',
    code: (code: string) => `Fejlkode: ${code}`,
    leftOut: 'Bruges ikke',
    untitled: (number: number) => `Kolonne ${number}`,
    samples: (values: string) => `For eksempel ${values}`,
    noSamples: 'Tom i de første rækker',
    readAgain: 'Læs igen',
    notMapped: 'Filen er ikke læst igen endnu',
  },
  {
    chooseFile: 'Choose a file',
    sending: (size: string) => `Sending ${size}. Stay on this page until the file is sent.`,
    states: {
      received: 'Waiting',
      reading: 'Being read',
      ready: 'Ready to be written',
      applying: 'Being written',
      done: 'Written',
      undoing: 'Being undone',
      undone: 'Undone',
      failed: 'Went wrong',
      cancelled: 'Thrown away',
    },
    someone: 'Somebody who was deleted',
    by: (when: string, who: string) => `${when} by ${who}`,
    at: (day: string, time: string) => `${day} at ${time}`,
    soFar: (count: number) => `${en(count)} ${count === 1 ? 'row' : 'rows'} read`,
    figures: (done: number, total: number) => `${en(done)} of ${en(total)}`,
    mayLeave: 'You can move on. The file is on the list when it is done.',
    code: (code: string) => `Error code: ${code}`,
    leftOut: 'Not used',
    untitled: (number: number) => `Column ${number}`,
    samples: (values: string) => `For example ${values}`,
    noSamples: 'Empty in the first rows',
    readAgain: 'Read again',
    notMapped: 'The file is not read again yet',
  },
);
