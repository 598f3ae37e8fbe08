import { municipalities } from '../../../../kit/municipalities.ts';
import type { Language } from '../../../../kit/words.ts';
import { capital, languageName } from '../../../../ui/format.ts';
import type { Profile } from '../contract.ts';

type Section = Profile['industries'][number];
type Spoken = Profile['languages'][number];

export const industryChoices = (sections: Record<Section, string>) => Object.entries(sections).map(([value, label]) => ({ value: value as Section, label }));

const spoken: Record<Spoken, true> = {
  da: true,
  en: true,
  de: true,
  pl: true,
  ro: true,
  uk: true,
  ar: true,
  tr: true,
  so: true,
  fa: true,
  bs: true,
  lt: true,
  lv: true,
  es: true,
  fr: true,
  it: true,
  vi: true,
  th: true,
  ti: true,
  ur: true,
};
export const languageChoices = (language: Language) => Object.keys(spoken).map((code) => ({ value: code as Spoken, label: capital(languageName(language, code)) }));

/** Their names are Danish in every language, and so is their order. */
export const areaChoices = Object.entries(municipalities)
  .map(([value, label]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label, 'da'));
