import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHourglass } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { listOutbox, mailStates, type OutboxMail, resendMail } from '../contract.ts';
import { outboxWords } from '../words.ts';

const looks = {
  waiting: { color: 'gray', Icon: IconHourglass },
  sent: { color: 'green', Icon: IconCheck },
  returned: { color: 'red', Icon: IconArrowBackUp },
  failed: { color: 'red', Icon: IconAlertTriangle },
} as const;

export function OutboxPage() {
  const w = useWords(outboxWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ state: null });
  const list = useList(listOutbox, { query: filters.on as { state?: OutboxMail['state'] } });
  const [done, setDone] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const again = ({ id }: OutboxMail) =>
    call(resendMail, { params: { mail: id } })
      .then(({ to }) => {
        setRefusal(null);
        setDone(w.waits(to));
        focusTitle();
      }, setRefusal)
      .then(() => refresh(queries, listOutbox));
  return (
    <Page title={w.title} lead={w.lead} done={done}>
      {refusal !== null && <ErrorNotice error={refusal} />}
      <ListState
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.state}
              all={w.any}
              choices={mailStates.map((value) => ({ value, label: w.states[value] }))}
              value={filters.on.state}
              onChange={(value) => filters.set('state', value)}
            />
          </Filters>
        }
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
      >
        <Rows
          label={w.title}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{ head: w.subject, cell: ({ subject }) => <Wraps least="12rem">{subject}</Wraps> }}
          columns={[
            { head: w.to, cell: ({ to }) => <Wraps least="13rem">{to}</Wraps> },
            {
              head: w.when,
              plain: true,
              cell: ({ at }) => (
                <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
                  {w.at(shortDay(language, dayOf(zone, at)), timeOf(language, zone, at))}
                </time>
              ),
            },
            { head: w.state, plain: true, cell: (mail) => <State mail={mail} onAgain={() => again(mail)} /> },
          ]}
        />
      </ListState>
    </Page>
  );
}

function State({ mail: { state, tries, failure, to, reportedAt, againTo, correct }, onAgain }: { mail: OutboxMail; onAgain(): void }) {
  const w = useWords(outboxWords);
  const { may } = useActing();
  const mended = againTo !== null && againTo !== to && failure !== 'withheld';
  const { color, Icon } = looks[state];
  return (
    <Stack gap={4} align="flex-start">
      <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
        {w.states[state]}
      </Badge>
      {(state !== 'sent' || reportedAt !== null) && failure !== null && !mended && (
        <Text size="sm">
          {w.failures[failure]} {tries > 0 && reportedAt === null && w.tries(tries)}
        </Text>
      )}
      {mended && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {w.addressNow(againTo)}
        </Text>
      )}
      <Group gap="xs">
        {correct !== null && may('coordinator') && (
          <Button size="xs" component={Link} to={`/companies/${correct.company}`} hash={`contact-${correct.contact}`} aria-label={w.correctThis(to)}>
            {w.correct}
          </Button>
        )}
        {againTo !== null && failure !== 'withheld' && (
          <Button size="xs" variant={correct === null ? 'default' : 'subtle'} aria-label={w.againTo(againTo)} onClick={onAgain}>
            {w.again}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
