import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { ChipsField } from '../../../../ui/chips.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { readCompany } from '../../../companies/register/contract.ts';
import { PickCompany } from '../../../companies/register/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { addPartnership, listPartnerships, type Partnership } from '../contract.ts';
import { partnershipsWords } from '../words.ts';
import { PartnershipState } from './state.tsx';

const states = ['open', 'past'] as const;

/** Row 4.09: the partnership agreements that the own school takes part in. */
export function PartnershipsPage() {
  const w = useWords(partnershipsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters({ company: null, state: states });
  const list = useRows(listPartnerships, {
    query: { state: filters.on.state ?? 'all', ...(filters.on.company === undefined ? {} : { company: filters.on.company as Partnership['company']['id'] }) },
  });
  const rows = list.data ?? [];
  const { editing: adding, close, opener } = useEditing();
  return (
    <Page title={w.title} lead={w.lead} action={opener(may('consultant', 'coordinator'), w.add)}>
      {adding && (
        <FormOnTop id="begin" title={w.add} mb="xl">
          <Begin
            company={filters.on.company ?? null}
            onClose={() => close(null)}
            onDone={async (id) => {
              await refresh(queries, listPartnerships);
              await navigate({ to: `/partnerships/${id}` as never, state: saying(w.added) });
            }}
          />
        </FormOnTop>
      )}
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.noneMatches}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.which} all={w.all} choices={states.map((value) => ({ value, label: w[value] }))} value={filters.on.state} onChange={(value) => filters.set('state', value)} />
          </Filters>
        }
      >
        <Rows
          label={w.title}
          rows={rows}
          keyOf={({ id }) => id}
          name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/partnerships/${id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.owner, plain: true, cell: ({ owner }) => owner.name },
            { head: w.schools, cell: ({ schools }) => sideBySide(schools.map(({ name }) => name)) },
            { head: w.term, plain: true, cell: ({ validFrom, validTo }) => w.period(shortDay(language, validFrom), shortDay(language, validTo)) },
            { head: w.nextReview, cell: ({ nextReview }) => (nextReview === null ? null : shortDay(language, nextReview)) },
            { head: w.state, plain: true, width: '15rem', cell: (partnership) => <PartnershipState partnership={partnership} /> },
          ]}
        />
      </ListState>
    </Page>
  );
}

function Begin({ company, onDone, onClose }: { company: string | null; onDone(id: string): Promise<void>; onClose(): void }) {
  const w = useWords(partnershipsWords);
  const { optional } = useWords(uiWords);
  const { may, schoolId, today } = useActing();
  const schools = useRead(listSchools, { query: {} });
  const consultants = useRead(listProfiles, { query: {} });
  const on = useServerForm<{ company: string | null; owner: string; schools: string[]; validFrom: string; validTo: string; reviewOn: string }>({
    initial: { company, owner: '', schools: [], validFrom: today, validTo: '', reviewOn: '' },
    sentences: { validTo_days_reversed: w.reversed, reviewOn_outside_term: w.outside },
    async send(values, key) {
      const added = await call(
        addPartnership,
        {
          body: {
            ...values,
            company: (values.company ?? '') as Partnership['company']['id'],
            owner: values.owner === '' ? null : (values.owner as Partnership['owner']['id']),
            schools: values.schools as Partnership['schools'][number]['id'][],
          },
        },
        { key },
      );
      await onDone(added.id);
    },
  });
  const others = (schools.data ?? []).filter(({ id }) => String(id) !== schoolId).map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.add} opened onCancel={onClose}>
      {company === null ? <PickCompany {...on.field('company')} label={w.company} /> : <KnownCompany company={company} />}
      {may('coordinator') && (
        <NativeSelect
          {...on.field('owner')}
          label={w.owner}
          data={[{ value: '', label: w.ownerMe }, ...(consultants.data ?? []).map(({ personId, name, school }) => ({ value: String(personId), label: school === null ? name : `${name}, ${school}` }))]}
        />
      )}
      <DayInput {...on.field('validFrom')} label={w.validFrom} />
      <DayInput {...on.field('validTo')} label={w.validTo} />
      <DayInput {...on.field('reviewOn')} label={w.reviewOn} description={w.reviewHelp} />
      {others.length > 0 && <ChipsField {...on.field('schools')} label={`${w.schools} ${optional}`} description={w.schoolsHelp} choices={others} />}
    </FormBody>
  );
}

function KnownCompany({ company }: { company: string }) {
  const w = useWords(partnershipsWords);
  const found = useRead(readCompany, { params: { company } });
  return <TextInput label={w.company} value={found.data?.name ?? ''} readOnly />;
}
