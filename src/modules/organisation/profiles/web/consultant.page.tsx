import { MultiSelect, NativeSelect, TagsInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { municipalities } from '../../../../kit/municipalities.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { languageName, listed, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { OwnAbilitiesPanel } from '../../people/web/public.tsx';
import { listProfiles, type Profile, readProfile, writeProfile } from '../contract.ts';
import { profilesWords } from '../words.ts';
import { areaChoices, industryChoices, languageChoices } from './choices.tsx';
import { ProfileFacts } from './profile-facts.tsx';

export function ConsultantPage() {
  const w = useWords(profilesWords);
  const { person } = useParams({ strict: false }) as { person: string };
  const asked = useRead(readProfile, { params: { person } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(profile) => <Sheet key={profile.personId} profile={profile} />}
    </FetchedPage>
  );
}

function Sheet({ profile }: { profile: Profile }) {
  const w = useWords(profilesWords);
  const { editing, done, close, opener } = useEditing();
  const written = profile.version > 0;
  const { personId, may } = useActing();
  const own = personId === profile.personId && may('consultant');
  const edit = opener(profile.can.edit, written ? w.edit : w.write);
  return (
    <Page title={profile.name} lead={profile.school ?? w.centreItself} done={done} path={<PathLink to="/consultants">{w.title}</PathLink>} action={written ? edit : undefined}>
      {editing ? <EditProfile profile={profile} onClose={close} /> : written ? <ProfileFacts profile={profile} /> : <Empty title={w.unwritten} text={w.unwrittenText} action={edit} />}
      {own && !editing && <OwnAbilitiesPanel />}
    </Page>
  );
}

const valuesOf = (profile: Profile) => ({
  industries: profile.industries as string[],
  products: profile.products,
  assessment: String(profile.assessment),
  basicSkills: String(profile.basicSkills),
  languages: profile.languages as string[],
  area: profile.area,
  employer: profile.employer,
  experience: profile.experience,
});
type Values = ReturnType<typeof valuesOf>;

function EditProfile({ profile, onClose }: { profile: Profile; onClose(said: string | null): void }) {
  const w = useWords(profilesWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const levels = w.levels.map((label, value) => ({ value: String(value), label }));
  const on = useServerForm<Values, Profile>({
    initial: valuesOf(profile),
    edits: { seen: profile, valuesOf },
    sentences: { products_too_big: w.tooLong },
    async send(values, _key, version) {
      const { assessment, basicSkills, industries, languages } = values;
      const body = {
        ...values,
        industries: industries as Profile['industries'],
        languages: languages as Profile['languages'],
        assessment: Number(assessment) as Profile['assessment'],
        basicSkills: Number(basicSkills) as Profile['basicSkills'],
      };
      await call(writeProfile, { params: { person: profile.personId }, body }, { version });
      await refresh(queries, readProfile, listProfiles);
      onClose(w.saved);
    },
  });
  const inWords = (values: Values): Said[] => [
    { label: w.industries, text: sideBySide(values.industries.map((section) => w.sections[section as keyof typeof w.sections])) },
    { label: w.products, text: sideBySide(values.products) },
    { label: w.assessment, text: w.levels[Number(values.assessment)] ?? '' },
    { label: w.basicSkills, text: w.levels[Number(values.basicSkills)] ?? '' },
    {
      label: w.languages,
      text: listed(
        language,
        values.languages.map((code) => languageName(language, code)),
      ),
    },
    { label: w.area, text: values.area.length === 0 ? w.wholeArea : sideBySide(values.area.map((code) => municipalities[code] ?? code)) },
    { label: w.employer, text: w.employers[values.employer] },
    { label: w.experience, text: w.experiences[values.experience] },
  ];
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} opened wide inWords={inWords}>
      <ChipsField {...on.field('industries')} label={w.industries} description={w.industriesHelp} choices={industryChoices(w.sections)} />
      <TagsInput {...on.field('products')} label={`${w.products} ${shared.optional}`} description={w.productsHelp} />
      <NativeSelect {...on.field('assessment')} label={w.assessment} data={levels} maw={320} />
      <NativeSelect {...on.field('basicSkills')} label={w.basicSkills} data={levels} maw={320} />
      <ChipsField {...on.field('languages')} label={w.languages} description={w.languagesHelp} choices={languageChoices(language)} />
      <MultiSelect
        {...on.field('area')}
        label={`${w.area} ${shared.optional}`}
        description={w.areaHelp}
        data={areaChoices}
        searchable
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        styles={{ options: { maxHeight: 240, overflowY: 'auto' } }}
      />
      <NativeSelect
        {...on.field('employer')}
        label={w.employer}
        description={w.employerHelp}
        maw={320}
        data={[
          { value: 'school', label: w.employers.school },
          { value: 'centre', label: w.employers.centre },
        ]}
      />
      <NativeSelect
        {...on.field('experience')}
        label={w.experience}
        description={w.experienceHelp}
        maw={320}
        data={[
          { value: 'experienced', label: w.experiences.experienced },
          { value: 'newcomer', label: w.experiences.newcomer },
        ]}
      />
    </FormBody>
  );
}
