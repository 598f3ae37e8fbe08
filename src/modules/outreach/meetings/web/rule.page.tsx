import { List, Stack, Text, Title } from '@mantine/core';
import { weekNumber } from '../../../../kit/week.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { SeeDeviations } from '../../deviations/web/public.tsx';
import { listAssignments, readAssignmentRule, readShares } from '../contract.ts';
import { meetingsWords } from '../words.ts';

/** The published rule, for whoever is signed in (row 3.05). */
export function RulePage() {
  const w = useWords(meetingsWords);
  const { may } = useActing();
  const asked = useRead(readAssignmentRule, {});
  return (
    <FetchedPage asked={asked} title={w.ruleTitle}>
      {(rule) => (
        <Page title={w.ruleTitle} lead={w.ruleLead}>
          <Stack gap="xl">
            <div>
              <List type="ordered" spacing="xs" maw="68ch">
                {w
                  .ruleSteps(rule.weeks, rule.lead)
                  .split('\n')
                  .map((step) => (
                    <List.Item key={step}>{step}</List.Item>
                  ))}
              </List>
              <Text mt="md">{w.ruleLog}</Text>
            </div>
            {may('coordinator', 'manager') && <Shares />}
            {may('coordinator', 'manager') && <SeeDeviations />}
            {may('coordinator') && <Log />}
          </Stack>
        </Page>
      )}
    </FetchedPage>
  );
}

/** Per school, never per person (row 3.06). */
function Shares() {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const asked = useRead(readShares, {});
  const one = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 1 });
  if (asked.data === undefined) return null;
  const { schools, exact, threshold } = asked.data;
  return (
    <Stack gap="md" component="section" aria-labelledby="shares">
      <Title order={2} id="shares">
        {w.sharesTitle}
      </Title>
      <Rows
        label={w.sharesTitle}
        rows={schools}
        keyOf={({ school }) => school}
        name={{ head: w.school, cell: ({ school, own }) => (own ? w.ownSchool(school) : school) }}
        columns={[
          {
            head: w.title,
            plain: true,
            width: '60%',
            cell: ({ booked, expected }) => {
              const counted = booked === null || (booked === 0 && !exact) ? '–' : String(booked);
              return counted === '–' && expected === null ? '–' : w.sharesOf(counted, expected === null ? '–' : one.format(expected));
            },
          },
        ]}
      />
      {!exact && (
        <Text size="sm" c="dimmed">
          {w.smallCell(threshold)}
        </Text>
      )}
    </Stack>
  );
}

function Log() {
  const w = useWords(meetingsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const list = useRows(listAssignments, { query: {} });
  const day = (at: string) => dayOf(zone, at);
  return (
    <Stack gap="md" component="section" aria-labelledby="log">
      <Title order={2} id="log">
        {w.logTitle}
      </Title>
      <ListState list={list} count={list.data?.length ?? 0} empty={<Text>{w.logEmpty}</Text>}>
        <Rows
          label={w.logTitle}
          rows={list.data ?? []}
          keyOf={({ meeting }) => meeting}
          name={{ head: w.company, cell: ({ meeting, company }) => <NameLink to={`/meetings/${meeting}`}>{company}</NameLink> }}
          columns={[
            { head: w.when, plain: true, cell: ({ at }) => `${shortDay(language, day(at))}, ${w.week(weekNumber(day(at))).toLowerCase()}` },
            { head: w.school, cell: ({ school }) => school ?? w.centreItself },
            { head: w.because, cell: ({ because }) => w.logBecause[because] },
          ]}
        />
      </ListState>
    </Stack>
  );
}
