import { Button, Stack, Text } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, OnFilter, TextFilter, useFilters } from '../../../../ui/filters.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { LeadTimesLink } from '../../keeping-up/web/public.tsx';
import { listReports, visitKinds, visitTopics } from '../contract.ts';
import { reportWords, visitsWords } from '../words.ts';
import { useTopics } from './topics.tsx';

/** All reports of the centre's schools: what visits were about, found by words, topic and kind. */
export function ReportsPage() {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const said = useTopics();
  const { language } = useLanguage();
  const { may } = useActing();
  const filters = useFilters({ words: null, topic: visitTopics, kind: visitKinds, mine: ['true'], company: null });
  const { mine, ...others } = filters.on;
  const list = useList(listReports, { query: { ...others, ...(mine === undefined ? {} : { mine: 'yes' as const }) } });
  return (
    <Page
      title={v.title}
      lead={v.lead}
      action={
        may('consultant') && (
          <Button variant="filled" component="a" href="/phone/reports/new">
            {w.write}
          </Button>
        )
      }
    >
      <ListState
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <TextFilter label={w.words} value={filters.on.words} onChange={(value) => filters.set('words', value)} />
            <ChoiceFilter
              label={w.topic}
              all={w.anyTopic}
              choices={visitTopics.map((value) => ({ value, label: said[value] }))}
              value={filters.on.topic}
              onChange={(value) => filters.set('topic', value)}
            />
            <ChoiceFilter
              label={w.kind}
              all={w.anyKind}
              choices={visitKinds.map((value) => ({ value, label: v.kinds[value] }))}
              value={filters.on.kind}
              onChange={(value) => filters.set('kind', value)}
            />
            {may('consultant') && <OnFilter label={w.mine} value={mine} onChange={(value) => filters.set('mine', value)} />}
          </Filters>
        }
      >
        <Rows
          label={v.title}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{
            head: w.company,
            cell: ({ id, company }) => (
              <>
                <NameLink to={`/reports/${id}`}>{company.name}</NameLink>
                {company.town !== null && (
                  <Text size="sm" c="dimmed">
                    {company.town}
                  </Text>
                )}
              </>
            ),
          }}
          columns={[
            {
              head: w.about,
              plain: true,
              cell: ({ about }) => (
                <Text size="sm" lineClamp={3}>
                  {about}
                </Text>
              ),
            },
            { head: w.needs, cell: ({ needs }) => (needs.length === 0 ? null : sideBySide(needs)) },
            { head: w.topics, cell: ({ topics }) => (topics.length === 0 ? null : sideBySide(topics.map((each) => said[each]))) },
            {
              head: w.by,
              cell: ({ by }) => (
                <Stack gap={0}>
                  <span>{by.name}</span>
                  {by.school !== null && (
                    <Text span size="sm" c="dimmed">
                      {by.school}
                    </Text>
                  )}
                </Stack>
              ),
              width: '13rem',
            },
            { head: w.visited, cell: ({ visitedOn }) => <time dateTime={visitedOn}>{shortDay(language, visitedOn)}</time>, width: '8rem' },
          ]}
        />
      </ListState>
      {list.rows.length > 0 && (
        <Text mt="lg">
          <NameLink to="/barriers">{w.barriersLink}</NameLink>
          <br />
          <LeadTimesLink />
        </Text>
      )}
    </Page>
  );
}
