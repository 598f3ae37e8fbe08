import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { classFilesWords } from '../words.ts';

interface Change {
  field: string;
  before: string | number | boolean | null;
  after: string | number | boolean | null;
}

/** What changes about a class, in words: "Tilmeldte: 4 → 11". */
export function useChangeWords(): (change: Change) => string {
  const w = useWords(classFilesWords);
  const { language } = useLanguage();
  const kroner = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { style: 'currency', currency: 'DKK' });
  const said = (field: string, value: Change['before']): string => {
    if (value === null || value === '') return w.nothing;
    if (typeof value === 'boolean') return value ? w.yes : w.no;
    if (typeof value === 'number') return field === 'price' || field === 'supplement' ? kroner.format(value / 100) : String(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return shortDay(language, value);
    if (field === 'state' || field === 'part' || field === 'delivery') return w.values[value] ?? value;
    return value.length > 120 ? `${value.slice(0, 120)} …` : value;
  };
  return ({ field, before, after }) => w.fromTo(w.columnNames[field] ?? field, said(field, before), said(field, after));
}
