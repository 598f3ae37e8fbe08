import { figure, kroner, readKroner } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { poolWords } from '../words.ts';

type Unit = 'money' | 'days';

/** An amount of a pool in words: kroner, or days and halves of them. */
export function useAmount(): (unit: Unit, amount: number) => string {
  const w = useWords(poolWords);
  const { language } = useLanguage();
  return (unit, amount) => (unit === 'money' ? kroner(language, amount) : w.days(figure(language, amount / 2)));
}

/** What somebody wrote, in øre or half days; what is no amount is none, and the server says so. */
export function readAmount(unit: Unit, written: string): number {
  if (unit === 'money') return readKroner(written) ?? 0;
  const days = Number(written.trim().replace(',', '.'));
  return Number.isFinite(days) ? Math.round(days * 2) : 0;
}
