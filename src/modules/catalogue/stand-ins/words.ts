import { words } from '../../../kit/words.ts';

export const standInsWords = words(
  {
    who: 'Hvem kan træde ind?',
    whoOf: (title: string) => `Hvem kan træde ind på ${title}?`,
    nobody: 'Ingen af de lærere, skolerne har skrevet på listen, er fri på alle holdets dage.',
    ways: { own: 'Skolens egen', lent: 'Lånt ud til skolen i forvejen', ask: 'Kan lånes' },
    others: 'Find andre hold til deltagerne',
    othersOf: (title: string) => `Find andre hold til deltagerne på ${title}`,
  },
  {
    who: 'Who could stand in?',
    whoOf: (title: string) => `Who could stand in for ${title}?`,
    nobody: 'None of the teachers whom schools have listed is free on all days of the class.',
    ways: { own: 'The school’s own', lent: 'On loan to the school already', ask: 'Can be lent' },
    others: 'Find other classes for the participants',
    othersOf: (title: string) => `Find other classes for the participants of ${title}`,
  },
);
