import { words } from '../../../kit/words.ts';

export const needsWords = words(
  {
    terms: { now: 'Nu', this_year: 'I år', later: 'Senere' },
    fits: { shelf: 'Et almindeligt kursus', tailored: 'Skal skræddersys' },
    fitUnknown: 'Ved ikke endnu',
    fields: {
      certificates: 'Certifikater',
      basic_skills: 'Dansk og regning',
      training: 'Oplæring',
      management: 'Ledelse',
      digital: 'Digitalt',
      apprentices: 'Elever',
      experience: 'Det, folk kan i forvejen',
      other: 'Andet',
    },
    fieldUnknown: 'Ikke sagt',
    people: (count: number) => (count === 1 ? '1 person' : `${count} personer`),
  },
  {
    terms: { now: 'Now', this_year: 'This year', later: 'Later' },
    fits: { shelf: 'An ordinary course', tailored: 'Has to be tailored' },
    fitUnknown: 'Don’t know yet',
    fields: {
      certificates: 'Certificates',
      basic_skills: 'Danish and maths',
      training: 'On-the-job training',
      management: 'Management',
      digital: 'Digital',
      apprentices: 'Apprentices',
      experience: 'What people can do already',
      other: 'Other',
    },
    fieldUnknown: 'Not said',
    people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
  },
);
