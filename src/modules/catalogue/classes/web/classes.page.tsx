import { Badge, Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { NearEnd } from '../../../../ui/near-end.tsx';
import { refresh, useList, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { taughtFields } from '../../provision/contract.ts';
import { type Class, classParts, classStates, listClasses } from '../contract.ts';
import { ClassForm } from './class-form.tsx';
import { useDelivery } from './delivery.tsx';
import { useClassDays, useClassPlace, useClassWords } from './public.tsx';

const distances = ['10', '20', '30', '50', '100'] as const;
const colours = { tentative: 'gray', confirmed: 'green', cancelled: 'red' } as const;

export function StateBadge({ state, guaranteed }: Pick<Class, 'state' | 'guaranteed'>) {
  const w = useClassWords();
  return (
    <Group gap={4} component="span" display="inline-flex">
      <Badge color={colours[state]}>{w.states[state]}</Badge>
      {guaranteed && state !== 'cancelled' && <Badge color="fjord">{w.guaranteed}</Badge>}
    </Group>
  );
}

/** Classes of all schools from today on. */
export function ClassesPage() {
  const w = useClassWords();
  const n = useNeedWords();
  const { may } = useActing();
  const delivery = useDelivery();
  const days = useClassDays();
  const place = useClassPlace();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const schools = useRead(listSchools, { query: {} });
  const filters = useFilters({ course: null, field: taughtFields, school: null, state: classStates, part: classParts, delivery: null, near: null, km: distances });
  const near = /^\d{4}$/.test(filters.on.near ?? '') ? filters.on.near : undefined;
  const { near: _near, km, ...on } = filters.on;
  const list = useList(listClasses, { query: { ...on, ...(near === undefined ? {} : { near, ...(km === undefined ? {} : { km: Number(km) }) }) } as object });
  const { editing: open, close, opener } = useEditing();
  const choice = (name: Exclude<keyof typeof filters.on, 'near' | 'course'>, label: string, choices: { value: string; label: string }[]) => (
    <ChoiceFilter label={label} all={w.all} choices={choices} value={filters.on[name]} onChange={(value) => filters.set(name, value)} />
  );
  return (
    <Page title={w.title} lead={w.lead} action={opener(may('manager', 'coordinator'), w.add, true)}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-class" title={w.add}>
            <ClassForm
              it={null}
              course={filters.on.course ?? null}
              onClose={() => close(null)}
              onDone={async ({ id }) => {
                await refresh(queries, listClasses);
                await navigate({ to: `/classes/${id}`, state: saying(w.added) });
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
              {choice(
                'field',
                w.field,
                taughtFields.map((value) => ({ value, label: n.fields[value] })),
              )}
              {choice(
                'school',
                w.school,
                (schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
              )}
              {choice(
                'state',
                w.state,
                classStates.map((value) => ({ value, label: w.states[value] })),
              )}
              {choice(
                'part',
                w.part,
                classParts.map((value) => ({ value, label: w.parts[value] })),
              )}
              {choice('delivery', w.delivery, delivery.choices)}
              <TextFilter label={w.near} value={filters.on.near} onChange={(value) => filters.set('near', value)} />
              {near !== undefined &&
                choice(
                  'km',
                  w.within,
                  distances.map((value) => ({ value, label: w.km(Number(value)) })),
                )}
            </Filters>
          }
        >
          <Rows
            label={w.title}
            rows={list.rows}
            keyOf={({ id }) => id}
            name={{ head: w.class, cell: ({ id, title }) => <NameLink to={`/classes/${id}`}>{title}</NameLink> }}
            columns={[
              { head: w.when, plain: true, width: '13rem', cell: (it) => days(it) },
              { head: w.where, plain: true, width: '18%', cell: (it) => place(it) || null },
              { head: w.school, plain: true, width: '18%', cell: ({ school }) => school.name },
              {
                head: w.seats,
                plain: true,
                width: '10rem',
                cell: ({ takenElsewhere, taken, minimum, maximum }) => (takenElsewhere + taken >= maximum ? w.full : w.seatsOf(takenElsewhere + taken, maximum, minimum)),
              },
              { head: w.state, plain: true, width: '11rem', cell: (it) => <StateBadge {...it} /> },
            ]}
          />
          <NearEnd list={list} />
        </ListState>
      </Stack>
    </Page>
  );
}
