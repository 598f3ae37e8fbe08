import { Select, type SelectProps } from '@mantine/core';
import { figure, kroner, longDay, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { type Class, listClasses } from '../contract.ts';
import { classesWords } from '../words.ts';

/** The words of classes, for pages elsewhere. */
export const useClassWords = () => useWords(classesWords);

/** A field for one of the schools' classes, from today on unless `from` says otherwise; its value is the id. */
export function PickClass({ school, from, ...props }: SelectProps & { school?: string; from?: string }) {
  const { language } = useLanguage();
  const found = useRead(listClasses, { query: { limit: 200, ...(school === undefined ? {} : { school: school as never }), ...(from === undefined ? {} : { from: from as never }) } });
  const classes = (found.data?.items ?? []).filter(({ state }) => state !== 'cancelled');
  return (
    <Select
      searchable
      autoComplete="off"
      data={classes.map(({ id, title, starts, place, school: of }) => ({ value: String(id), label: [title, shortDay(language, starts), place.town === '' ? of.name : place.town].join(', ') }))}
      {...props}
    />
  );
}

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
