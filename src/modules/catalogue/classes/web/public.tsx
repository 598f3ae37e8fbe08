import { figure, kroner, longDay, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import type { Class } from '../contract.ts';
import { classesWords } from '../words.ts';

/** The words of classes, for pages elsewhere. */
export const useClassWords = () => useWords(classesWords);

/** From which day to which. */
export function useClassDays(): (it: Pick<Class, 'starts' | 'ends'>) => string {
  const w = useClassWords();
  const { language } = useLanguage();
  return ({ starts, ends }) => (starts === ends ? longDay(language, starts) : w.fromTo(shortDay(language, starts), shortDay(language, ends)));
}

/** Where, and how far where that was asked. */
export function useClassPlace(): (it: Pick<Class, 'place' | 'km'>) => string {
  const w = useClassWords();
  return ({ place: { name, town }, km }) => sideBySide([...(name === '' ? [] : [name]), ...(town === '' ? [] : [town]), ...(km === null ? [] : [w.km(km)])]);
}

/** Price and supplement, each for one participant. */
export function useClassPrice(): (it: Pick<Class, 'price' | 'supplement'> & { supplementFor?: string }) => string {
  const w = useClassWords();
  const { language } = useLanguage();
  return ({ price, supplement, supplementFor = '' }) =>
    price === null
      ? w.noPrice
      : sideBySide([price === 0 ? w.free : w.perPerson(kroner(language, price)), ...(supplement === null || supplement === 0 ? [] : [w.supplement(kroner(language, supplement), supplementFor)])]);
}

/** Hours with their tenths, in the language. */
export function useHours(): (hours: number) => string {
  const { language } = useLanguage();
  return (hours) => figure(language, hours);
}
