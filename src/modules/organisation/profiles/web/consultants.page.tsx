import { ChoiceFilter, Filters, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { capital, languageName, listed, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listProfiles } from '../contract.ts';
import { profilesWords } from '../words.ts';
import { industryChoices, languageChoices } from './choices.tsx';

export function ConsultantsPage() {
  const w = useWords(profilesWords);
  const { language } = useLanguage();
  const industries = industryChoices(w.sections);
  const languages = languageChoices(language);
  const filters = useFilters({
    industry: industries.map(({ value }) => value),
    language: languages.map(({ value }) => value),
    assessment: ['1', '2', '3'],
    basicSkills: ['1', '2', '3'],
    product: null,
  });
  const list = useRows(listProfiles, { query: filters.on });
  const levels = ['1', '2', '3'].map((value) => ({ value, label: w.atLeast(w.levels[Number(value)] ?? '') }));
  const dash = <span aria-hidden="true">–</span>;
  return (
    <Page title={w.title} lead={w.lead}>
      <ListState
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.industry} all={w.anyIndustry} choices={industries} value={filters.on.industry} onChange={(value) => filters.set('industry', value)} />
            <ChoiceFilter label={w.language} all={w.anyLanguage} choices={languages} value={filters.on.language} onChange={(value) => filters.set('language', value)} />
            <ChoiceFilter label={w.assessmentShort} all={w.anyLevel} choices={levels} value={filters.on.assessment} onChange={(value) => filters.set('assessment', value)} />
            <ChoiceFilter label={w.basicSkillsShort} all={w.anyLevel} choices={levels} value={filters.on.basicSkills} onChange={(value) => filters.set('basicSkills', value)} />
            <TextFilter label={w.product} value={filters.on.product} onChange={(value) => filters.set('product', value)} />
          </Filters>
        }
        list={list}
        count={list.data?.length ?? 0}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
      >
        <Rows
          label={w.title}
          rows={list.data ?? []}
          keyOf={({ personId }) => personId}
          name={{
            head: w.name,
            cell: ({ personId, name }) => <NameLink to={`/consultants/${personId}`}>{name}</NameLink>,
          }}
          columns={[
            { head: w.school, plain: true, cell: ({ school }) => school ?? w.centreItself },
            { head: w.industries, cell: (each) => (each.industries.length === 0 ? dash : sideBySide(each.industries.map((section) => w.sections[section]))) },
            { head: w.products, cell: ({ products }) => (products.length === 0 ? dash : sideBySide(products)) },
            { head: w.assessmentShort, cell: ({ version, assessment }) => (version === 0 ? dash : w.levels[assessment]) },
            { head: w.basicSkillsShort, cell: ({ version, basicSkills }) => (version === 0 ? dash : w.levels[basicSkills]) },
            {
              head: w.languages,
              cell: ({ languages: spoken }) =>
                spoken.length === 0
                  ? dash
                  : capital(
                      listed(
                        language,
                        spoken.map((code) => languageName(language, code)),
                      ),
                    ),
            },
          ]}
        />
      </ListState>
    </Page>
  );
}
