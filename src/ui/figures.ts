import { inLanguage, type Language } from '../kit/words.ts';
import { uiWords } from './words.ts';

const locale = { da: 'da-DK', en: 'en-GB' } as const;

/** 1250 -> 1.250, in English 1,250. */
export const figure = (language: Language, value: number) => new Intl.NumberFormat(locale[language]).format(value);

/** An interval as people write it: 10–19, 7, 1.000+. */
export function interval(language: Language, { from, to }: { from: number; to: number | null }): string {
  if (to === null) return `${figure(language, from)}+`;
  return from === to ? figure(language, from) : `${figure(language, from)}–${figure(language, to)}`;
}

/** How many work there, as people say it: "10–19 ansatte", "1 ansat", "Ingen ansatte". */
export const employees = (language: Language, size: { from: number; to: number | null }) => inLanguage(uiWords, language).employees(size.from, size.to, interval(language, size));

/** How big a file is: "1,4 MB". */
export function fileSize(language: Language, bytes: number): string {
  const [unit, value] = bytes < 1000 ? (['byte', bytes] as const) : bytes < 1_000_000 ? (['kilobyte', bytes / 1000] as const) : (['megabyte', bytes / 1_000_000] as const);
  return new Intl.NumberFormat(locale[language], { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: unit === 'megabyte' ? 1 : 0 }).format(value);
}

/** A Danish phone number in pairs, kept on one line; any other stays as it was written. */
export const phoneNumber = (written: string) => (/^\d{8}$/.test(written.replaceAll(/\s/g, '')) ? written.replaceAll(/\s/g, '').replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0') : written);

/** The address that rings a number. */
export const dial = (number: string) => `tel:${number.replaceAll(/[^\d+]/g, '')}`;

/** The month of a day 'YYYY-MM-DD': "november 2026". */
export const monthOf = (language: Language, day: string) => new Intl.DateTimeFormat(locale[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
