import { municipalities } from '../../../../kit/municipalities.ts';
import { capital, languageName, listed, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import type { Profile } from '../contract.ts';
import { profilesWords } from '../words.ts';

export function ProfileFacts({ profile, narrow = false }: { profile: Profile; narrow?: boolean }) {
  const w = useWords(profilesWords);
  const { language } = useLanguage();
  const some = (names: readonly string[]) => (names.length === 0 ? '–' : sideBySide(names));
  return (
    <Facts
      narrow={narrow}
      facts={[
        { label: w.industries, value: some(profile.industries.map((section) => w.sections[section])) },
        { label: w.products, value: some(profile.products) },
        { label: w.assessment, value: w.levels[profile.assessment] },
        { label: w.basicSkills, value: w.levels[profile.basicSkills] },
        {
          label: w.languages,
          value:
            profile.languages.length === 0
              ? '–'
              : capital(
                  listed(
                    language,
                    profile.languages.map((code) => languageName(language, code)),
                  ),
                ),
        },
        { label: w.area, value: profile.area.length === 0 ? w.wholeArea : some(profile.area.map((code) => municipalities[code] ?? code)) },
      ]}
    />
  );
}
