import { Badge, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listPunchCards, type PunchCard } from '../contract.ts';
import { punchCardsWords } from '../words.ts';
import { SellForm } from './sell-form.tsx';

export const stateColours = { ahead: 'gray', open: 'green', empty: 'gray', over: 'yellow' } as const;

/** Row 4.06: the punch cards that the own school has to do with. */
export function PunchCardsPage() {
  const w = useWords(punchCardsWords);
  const { language } = useLanguage();
  const { may, schoolId } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ company: null });
  const list = useRows(listPunchCards, { query: filters.on.company === undefined ? {} : { company: filters.on.company as PunchCard['company']['id'] } });
  const rows = list.data ?? [];
  const { editing: selling, done, close, opener } = useEditing();
  const sells = may('coordinator') || (may('manager') && schoolId !== null);
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(sells, w.sell)}>
      {selling && (
        <FormOnTop id="sell" title={w.sell} mb="xl">
          <SellForm
            company={filters.on.company ?? null}
            known={rows.map(({ company }) => company)}
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listPunchCards);
              close(w.sold);
            }}
          />
        </FormOnTop>
      )}
      <Stack gap="lg">
        <NameLink to="/punch-card-settlements">{w.settlements}</NameLink>
        <ListState list={list} count={rows.length} filters={filters} none={w.panelNone} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
          <Rows
            label={w.title}
            rows={rows}
            keyOf={({ id }) => id}
            name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/punch-cards/${id}`}>{company.name}</NameLink> }}
            columns={[
              { head: w.name, plain: true, cell: ({ name }) => <Text style={{ overflowWrap: 'anywhere' }}>{name}</Text> },
              { head: w.balance, plain: true, cell: ({ balance, units }) => w.left(balance, units) },
              { head: w.seller, cell: ({ school }) => school.name },
              { head: w.valid, cell: ({ validTo }) => w.until(shortDay(language, validTo)) },
              { head: w.state, plain: true, width: '9rem', cell: ({ state }) => <Badge color={stateColours[state]}>{w.states[state]}</Badge> },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}
