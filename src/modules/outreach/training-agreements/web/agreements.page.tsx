import { Anchor, Badge, Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { address, call } from '../../../../ui/client.ts';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useList, useRead, useRows } from '../../../../ui/read.ts';
import { type Column, Rows } from '../../../../ui/rows.tsx';
import { listSchools } from '../../../organisation/schools/contract.ts';
import { listCampaigns } from '../../campaigns/contract.ts';
import { type AgreementFigures, agreementStates, downloadTrainingAgreements, listTrainingAgreements, readTrainingAgreementFigures, writeTrainingAgreementGoal } from '../contract.ts';
import { agreementsWords } from '../words.ts';
import { AddAgreement } from './agreement-form.tsx';

export const stateColours = { agreed: 'yellow', kept: 'green', fallen: 'gray' } as const;

/** Row 4.21: what outreach has brought, agreement by agreement, and for those who lead the count against the goal of the year. */
export function AgreementsPage() {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const { may, today } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ year: null, state: agreementStates, school: null, campaign: null, company: null });
  const list = useRows(listTrainingAgreements, { query: filters.on as never });
  const schools = useRead(listSchools, { query: {} });
  const campaigns = useList(listCampaigns, { query: { limit: 100 } });
  const rows = list.data ?? [];
  const { editing: adding, done, say, close, opener } = useEditing();
  const now = Number(today.slice(0, 4));
  const year = /^2\d{3}$/.test(filters.on.year ?? '') ? Number(filters.on.year) : now;
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(true, w.add)}>
      {adding && (
        <FormOnTop id="add" title={w.add} mb="xl">
          <AddAgreement
            company={filters.on.company ?? null}
            report={null}
            onClose={() => close(null)}
            onDone={async () => {
              await refresh(queries, listTrainingAgreements, readTrainingAgreementFigures);
              close(w.added);
            }}
          />
        </FormOnTop>
      )}
      {may('manager', 'coordinator') && <Figures key={year} year={year} onSaid={say} />}
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.year}
              value={filters.on.year}
              all={w.allYears}
              onChange={(value) => filters.set('year', value)}
              choices={[now, now - 1, now - 2, now - 3].map((each) => ({ value: String(each), label: String(each) }))}
            />
            <ChoiceFilter
              label={w.state}
              value={filters.on.state}
              all={w.allStates}
              onChange={(value) => filters.set('state', value)}
              choices={agreementStates.map((value) => ({ value, label: w.states[value] }))}
            />
            <ChoiceFilter
              label={w.school}
              value={filters.on.school}
              all={w.allSchools}
              onChange={(value) => filters.set('school', value)}
              choices={(schools.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            />
            <ChoiceFilter
              label={w.campaign}
              value={filters.on.campaign}
              all={w.allCampaigns}
              onChange={(value) => filters.set('campaign', value)}
              choices={campaigns.rows.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
          </Filters>
        }
      >
        <Stack gap="md">
          <Anchor href={address(downloadTrainingAgreements.path, { query: filters.on })} download>
            {w.csv}
          </Anchor>
          <Rows
            label={w.title}
            rows={rows}
            keyOf={({ id }) => id}
            name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/training-agreements/${id}`}>{company.name}</NameLink> }}
            columns={[
              { head: w.agreedOn, cell: ({ agreedOn }) => shortDay(language, agreedOn) },
              { head: w.school, plain: true, cell: ({ school }) => school.name },
              {
                head: w.courses,
                plain: true,
                cell: ({ courses }) =>
                  courses.map(({ course, people, seats }, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines of an agreement have no other name, and stay in their order
                    <Text key={at} style={{ overflowWrap: 'anywhere' }}>
                      {course.title}: {w.counts(people, seats)}
                    </Text>
                  )),
              },
              { head: w.campaign, cell: ({ campaign }) => campaign?.name ?? null },
              { head: w.state, plain: true, width: '8rem', cell: ({ state }) => <Badge color={stateColours[state]}>{w.states[state]}</Badge> },
            ]}
          />
        </Stack>
      </ListState>
    </Page>
  );
}

type Counted = Pick<AgreementFigures['months'][number], 'agreed' | 'kept' | 'fallen'>;

function Figures({ year, onSaid }: { year: number; onSaid(said: string): void }) {
  const w = useWords(agreementsWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { data } = useRead(readTrainingAgreementFigures, { query: { year } });
  const [setting, setSetting] = useState(false);
  if (data === undefined) return null;
  const { goal, measured } = data;
  const monthName = (month: number) => new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1));
  const counts = <Row extends Counted>(): Column<Row>[] => (['agreed', 'kept', 'fallen'] as const).map((state) => ({ head: w.states[state], width: '7rem', cell: (row) => String(row[state]) }));
  return (
    <Stack gap="md" mb="xl" component="section" aria-labelledby="figures">
      <Title order={2} id="figures">
        {data.school === null ? w.figures(year) : w.figuresOf(year, data.school.name)}
      </Title>
      <div>
        {measured !== null && (
          <Text fz="lg" fw={600}>
            {goal.goal === null ? w.noGoal(measured) : w.goalOf(measured, goal.goal)}
          </Text>
        )}
        {measured === null && goal.goal !== null && <Text>{w.goalAlone(goal.goal)}</Text>}
        <Text size="sm" c="var(--vn-ink-2)" maw="var(--vn-read)">
          {w.countsTo}
        </Text>
      </div>
      {data.can.setGoal && !setting && (
        <Group>
          <Button onClick={() => setSetting(true)}>{w.setGoal}</Button>
        </Group>
      )}
      {setting && (
        <GoalForm
          year={year}
          found={goal}
          onClose={() => setSetting(false)}
          onDone={async () => {
            await refresh(queries, readTrainingAgreementFigures);
            setSetting(false);
            onSaid(w.goalSaved);
            focusTitle();
          }}
        />
      )}
      {data.months.length > 0 && (
        <>
          <Title order={3}>{w.perMonth}</Title>
          <Rows
            label={w.perMonth}
            rows={data.months}
            keyOf={({ month }) => String(month)}
            name={{ head: w.month, cell: ({ month }) => monthName(month) }}
            columns={counts<AgreementFigures['months'][number]>()}
          />
          <Title order={3}>{w.perCampaign}</Title>
          <Rows
            label={w.perCampaign}
            rows={data.campaigns}
            keyOf={({ campaign }) => campaign?.id ?? ''}
            name={{ head: w.campaign, cell: ({ campaign }) => (campaign === null ? w.noCampaign : <NameLink to={`/campaigns/${campaign.id}`}>{campaign.name}</NameLink>) }}
            columns={counts<AgreementFigures['campaigns'][number]>()}
          />
          {data.school === null && (
            <>
              <Title order={3}>{w.perSchool}</Title>
              <Rows
                label={w.perSchool}
                rows={data.schools}
                keyOf={({ school }) => school.id}
                name={{ head: w.school, cell: ({ school }) => school.name }}
                columns={counts<AgreementFigures['schools'][number]>()}
              />
            </>
          )}
        </>
      )}
    </Stack>
  );
}

type Goal = AgreementFigures['goal'];
function GoalForm({ year, found, onDone, onClose }: { year: number; found: Goal; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(agreementsWords);
  const on = useServerForm<{ goal: string | number }, Goal>({
    initial: { goal: found.goal ?? '' },
    edits: { seen: found, valuesOf: ({ goal }) => ({ goal: goal ?? '' }) },
    async send({ goal }, _key, version) {
      await call(writeTrainingAgreementGoal, { params: { year }, body: { goal: Number(goal) } }, { version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.goalNotSaved} save={w.goalSave} onCancel={onClose} opened inWords={({ goal }) => [{ label: w.goal, text: String(goal) }]}>
      <NumberInput {...on.field('goal')} label={w.goal} min={1} max={100_000} allowDecimal={false} maw={200} />
    </FormBody>
  );
}
