import { Badge, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listRecruitmentNeeds, recruitmentStates } from '../contract.ts';
import { recruitmentWords } from '../words.ts';
import { NeedForm } from './need-form.tsx';

export const stateColours = { open: 'yellow', running: 'green', stopped: 'gray' } as const;

/** Row 2.31: what jobcentres need people for. */
export function RecruitmentPage() {
  const w = useWords(recruitmentWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const filters = useFilters({ state: recruitmentStates });
  const list = useRows(listRecruitmentNeeds, { query: filters.on });
  const rows = list.data ?? [];
  const { editing: adding, done, close, opener } = useEditing();
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(true, w.add)}>
      {adding && (
        <FormOnTop id="add" title={w.add} mb="xl">
          <NeedForm
            it={null}
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listRecruitmentNeeds);
              close(w.added);
            }}
          />
        </FormOnTop>
      )}
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.state}
              value={filters.on.state}
              all={w.allStates}
              onChange={(value) => filters.set('state', value)}
              choices={recruitmentStates.map((value) => ({ value, label: w.states[value] }))}
            />
          </Filters>
        }
      >
        <Rows
          label={w.title}
          rows={rows}
          keyOf={({ id }) => id}
          name={{ head: w.tradeHead, cell: ({ id, trade }) => <NameLink to={`/recruitment/${id}`}>{trade}</NameLink> }}
          columns={[
            { head: w.jobcentre, plain: true, cell: ({ jobcentre }) => <Text style={{ overflowWrap: 'anywhere' }}>{jobcentre.name}</Text> },
            { head: w.peopleHead, plain: true, cell: ({ people, earliest }) => `${w.peopleOf(people)} ${w.from(shortDay(language, earliest))}` },
            { head: w.coming, cell: ({ coming, state }) => (coming === null ? (state === 'running' ? w.comingNone : null) : shortDay(language, coming)) },
            { head: w.state, plain: true, width: '11rem', cell: ({ state }) => <Badge color={stateColours[state]}>{w.states[state]}</Badge> },
          ]}
        />
      </ListState>
    </Page>
  );
}
