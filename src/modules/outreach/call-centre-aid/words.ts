import { words } from '../../../kit/words.ts';
import type { Question } from './rules.ts';

const da = (count: number) => count.toLocaleString('da-DK');
const en = (count: number) => count.toLocaleString('en-GB');

export const aidWords = words(
  {
    title: 'Passer et callcenter?',
    lead: 'Fire spørgsmål hjælper dig med at vurdere det. Du bestemmer selv; svarene ændrer intet i kampagnen.',
    questions: {
      manySmall: 'Er der mange små og mellemstore virksomheder at henvende sig til?',
      weakContacts: 'Er konsulenternes kontakter til dem svage?',
      broadOverview: 'Vil I have et bredt overblik over en større gruppe virksomheder?',
      littleExperience: 'Er konsulenternes erfaring med den første kontakt lille?',
    } satisfies Record<Question, string>,
    short: {
      manySmall: 'mange små og mellemstore virksomheder',
      weakContacts: 'svage kontakter',
      broadOverview: 'ønsket om et bredt overblik',
      littleExperience: 'lille erfaring med den første kontakt',
    } satisfies Record<Question, string>,
    shortNot: {
      manySmall: 'få små og mellemstore virksomheder',
      weakContacts: 'gode kontakter i forvejen',
      broadOverview: 'intet behov for et bredt overblik',
      littleExperience: 'konsulenter, der er trygge ved den første kontakt',
    } satisfies Record<Question, string>,
    answers: { yes: 'Ja', no: 'Nej', unsure: 'Ved ikke' },
    facts: (companies: number, small: number, spoken: number) =>
      `Centret kender ${da(companies)} aktive virksomheder, og ${da(small)} af dem har under 50 ansatte. Gennem Vejnet har centret talt med ${da(spoken)} af de små.`,
    fits: { call_centre: 'Svarene taler for et callcenter.', consultants: 'Svarene taler for, at konsulenterne selv ringer.', either: 'Svarene peger ikke klart den ene eller den anden vej.' },
    speaksFor: (reasons: string) => `For et callcenter taler ${reasons}.`,
    speaksAgainst: (reasons: string) => `Imod taler ${reasons}.`,
    decide: 'Det er et forslag. Hvem der ringer, vælger du i planen.',
    by: (name: string, day: string) => `Besvaret af ${name}, ${day}.`,
    someone: 'en, der er slettet',
    open: 'Besvar spørgsmålene',
    change: 'Ret svarene',
    save: 'Gem svarene',
    notSaved: 'Svarene er ikke gemt endnu',
  },
  {
    title: 'Does a call centre fit?',
    lead: 'Four questions help you to judge. You decide; the answers change nothing in the campaign.',
    questions: {
      manySmall: 'Are there many small and medium-sized companies to approach?',
      weakContacts: 'Are the consultants’ contacts with them weak?',
      broadOverview: 'Do you want a broad overview of a larger group of companies?',
      littleExperience: 'Have the consultants little experience with the first contact?',
    },
    short: {
      manySmall: 'many small and medium-sized companies',
      weakContacts: 'weak contacts',
      broadOverview: 'the wish for a broad overview',
      littleExperience: 'little experience with the first contact',
    },
    shortNot: {
      manySmall: 'few small and medium-sized companies',
      weakContacts: 'good contacts already',
      broadOverview: 'no need for a broad overview',
      littleExperience: 'consultants who are at ease with the first contact',
    },
    answers: { yes: 'Yes', no: 'No', unsure: 'Don’t know' },
    facts: (companies: number, small: number, spoken: number) =>
      `The centre knows ${en(companies)} active companies, ${en(small)} of them below 50 employees. Through Vejnet it has spoken with ${en(spoken)} of the small ones.`,
    fits: { call_centre: 'The answers speak for a call centre.', consultants: 'The answers speak for the consultants’ own calls.', either: 'The answers do not point clearly one way or the other.' },
    speaksFor: (reasons: string) => `For a call centre: ${reasons}.`,
    speaksAgainst: (reasons: string) => `Against it: ${reasons}.`,
    decide: 'It is a suggestion. Who calls is chosen in the plan.',
    by: (name: string, day: string) => `Answered by ${name}, ${day}.`,
    someone: 'somebody who was deleted',
    open: 'Answer the questions',
    change: 'Change the answers',
    save: 'Save the answers',
    notSaved: 'The answers are not saved yet',
  },
);
