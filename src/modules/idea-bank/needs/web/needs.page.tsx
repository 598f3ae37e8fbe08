import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { NearEnd } from '../../../../ui/near-end.tsx';
import { refresh, useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { needFields } from '../../../companies/needs/contract.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { listPooledNeeds } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';
import { NeedForm } from './need-form.tsx';

/** What companies ask for, across the schools. */
export function PooledNeedsPage() {
  const w = useWords(pooledNeedsWords);
  const n = useNeedWords();
  const { may } = useActing();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters({ field: needFields, state: ['placed', 'withdrawn'], company: null });
  const list = useList(listPooledNeeds, { query: filters.on as object });
  const { editing: open, close, opener } = useEditing();
  return (
    <Page title={w.title} lead={w.lead} action={opener(may('consultant', 'coordinator'), w.add, true)}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-need" title={w.add}>
            <NeedForm
              need={null}
              company={filters.on.company ?? null}
              onClose={() => close(null)}
              onDone={async ({ id }) => {
                await refresh(queries, listPooledNeeds);
                await navigate({ to: `/needs/${id}`, state: saying(w.added) });
              }}
            />
          </FormOnTop>
        )}
        <ListState
          list={list}
          count={list.rows.length}
          filters={filters}
          none={w.noneMatches}
          empty={open ? null : <Empty title={w.emptyTitle} text={w.emptyText} />}
          controls={
            <Filters filters={filters}>
              <ChoiceFilter
                label={w.field}
                all={w.all}
                choices={needFields.map((value) => ({ value, label: n.fields[value] }))}
                value={filters.on.field}
                onChange={(value) => filters.set('field', value)}
              />
              <ChoiceFilter
                label={w.state}
                all={w.states.open}
                choices={(['placed', 'withdrawn'] as const).map((value) => ({ value, label: w.states[value] }))}
                value={filters.on.state}
                onChange={(value) => filters.set('state', value)}
              />
            </Filters>
          }
        >
          <Rows
            label={w.title}
            rows={list.rows}
            keyOf={({ id }) => id}
            name={{ head: w.need, cell: ({ id, what }) => <NameLink to={`/needs/${id}`}>{what}</NameLink> }}
            columns={[
              { head: w.company, plain: true, width: '20%', cell: ({ company }) => [company.name, company.town].filter(Boolean).join(', ') },
              { head: w.heads, plain: true, width: '8rem', cell: ({ heads }) => w.people(heads) },
              { head: w.course, plain: true, width: '20%', cell: ({ course, field }) => course?.title ?? n.fields[field] },
              { head: w.when, plain: true, width: '14rem', cell: ({ earliest, latest }) => w.between(shortDay(language, earliest), shortDay(language, latest)) },
            ]}
          />
          <NearEnd list={list} />
        </ListState>
      </Stack>
    </Page>
  );
}
