import { Badge, Stack, Text } from '@mantine/core';
import { IconChevronRight, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { useEditing } from '../../../../ui/editing.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listSupplierLists, type SupplierListRow } from '../contract.ts';
import { suppliersWords } from '../words.ts';
import { AddList } from './list-forms.tsx';

function State({ list }: { list: SupplierListRow }) {
  const w = useWords(suppliersWords);
  return list.withdrawnAt === null ? (
    <Badge color="fjord" leftSection={<IconChevronRight size={16} stroke={1.75} />}>
      {w.stands}
    </Badge>
  ) : (
    <Badge color="red" leftSection={<IconX size={16} stroke={1.75} />}>
      {w.withdrawn}
    </Badge>
  );
}

/** Subcontractors that large companies sent the centre to (row 2.29). */
export function SupplierListsPage() {
  const w = useWords(suppliersWords);
  const { language } = useLanguage();
  const { may, zone } = useActing();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const list = useRows(listSupplierLists, {});
  const rows = list.data ?? [];
  const { editing, setEditing, done, opener } = useEditing();
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('consultant', 'coordinator'), w.add)}>
      {editing && (
        <AddList
          onDone={async ({ id }) => {
            await refresh(queries, listSupplierLists);
            navigate({ to: `/suppliers/${id}` as never, state: saying(w.saved) });
          }}
          onClose={() => setEditing(false)}
        />
      )}
      <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Rows
          label={w.title}
          rows={rows}
          keyOf={({ id }) => id}
          name={{ head: w.company, cell: ({ id, from }) => <NameLink to={`/suppliers/${id}`}>{from.name}</NameLink> }}
          columns={[
            {
              head: w.suppliers,
              plain: true,
              cell: ({ suppliers, withdrawnAt }) => (
                <Stack gap={0}>
                  <Text size="sm">{w.contacted(suppliers.contacted, suppliers.all)}</Text>
                  {withdrawnAt === null && suppliers.known < suppliers.all && (
                    <Text size="sm" c="dimmed">
                      {w.unknown(suppliers.all - suppliers.known)}
                    </Text>
                  )}
                </Stack>
              ),
            },
            { head: w.heldHead, cell: ({ held }) => (held === null ? w.heldNone : w.heldShort(held.taken, held.seats)) },
            { head: w.made, cell: ({ madeAt }) => shortDay(language, dayOf(zone, madeAt)) },
            { head: w.state, plain: true, width: '11rem', cell: (row) => <State list={row} /> },
          ]}
        />
      </ListState>
    </Page>
  );
}
