import { words } from '../../../kit/words.ts';

export const runningLimitsWords = words(
  {
    title: 'Hvad der kan køre på én gang',
    help: 'Idébanken foreslår ikke flere hold, end der er lokaler og lærere til. Står feltet tomt, er der ingen grænse.',
    rooms: (town: string) => `Lokaler i ${town}`,
    teachers: (field: string) => `Lærere: ${field}`,
    nothing: 'Der er ikke sagt noget. Så regner idébanken med, at der altid er lokaler og lærere.',
    edit: 'Ret grænserne',
    save: 'Gem grænserne',
    saved: 'Grænserne er gemt.',
    notSaved: 'Grænserne blev ikke gemt',
  },
  {
    title: 'What can run at once',
    help: 'The idea bank proposes no more classes than there are rooms and teachers for. An empty field is no limit.',
    rooms: (town: string) => `Classrooms in ${town}`,
    teachers: (field: string) => `Teachers: ${field}`,
    nothing: 'Nothing was said. The idea bank then takes it that there are always rooms and teachers.',
    edit: 'Change the limits',
    save: 'Save the limits',
    saved: 'The limits are saved.',
    notSaved: 'The limits were not saved',
  },
);

export const runningLimitsProblems = words(
  { limits_not_yours: 'Det er skolens egen leder og koordinatoren, der siger det.' },
  { limits_not_yours: 'The school’s own manager and the coordinator say so.' },
);
