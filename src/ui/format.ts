import type { Language } from '../kit/words.ts';

const locale = { da: 'da-DK', en: 'en-GB' } as const;

/** 12345674 -> 12 34 56 74, the way people read a company number aloud. */
export const cvr = (digits: string) => digits.replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0');

/** A day 'YYYY-MM-DD' as "tirsdag 17. november". */
export const longDay = (language: Language, day: string) => new Intl.DateTimeFormat(locale[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
