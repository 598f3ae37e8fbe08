import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconHourglass } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { figure } from '../../../../ui/figures.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readAnswers, remindSchools } from '../../hearing/contract.ts';
import type { Campaign } from '../contract.ts';
import { campaignsWords } from '../words.ts';

/** Which schools have answered, and how much each has struck: for the coordinator. */
export function Answers({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const params = { campaign: campaign.id };
  const asked = useRead(readAnswers, { params });
  const [pending, setPending] = useState(false);
  const [said, setSaid] = useState('');
  const [error, setError] = useState<unknown>(null);
  const day = (at: string) => shortDay(language, dayOf(zone, at));
  const remind = () => {
    setPending(true);
    setError(null);
    call(remindSchools, { params })
      .then(({ schools }) => {
        setSaid(w.reminded(schools));
        return refresh(queries, readAnswers);
      }, setError)
      .finally(() => setPending(false));
  };
  const schools = asked.data?.schools ?? [];
  const answered = schools.filter(({ answeredAt }) => answeredAt !== null).length;
  return (
    <Stack gap="sm" component="section" aria-labelledby="answers">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="answers">
          {w.answers}
        </Title>
        {campaign.state === 'hearing' && asked.isSuccess && answered < schools.length && (
          <Button loading={pending} onClick={remind}>
            {w.remind}
          </Button>
        )}
      </Group>
      {asked.isPending && <Loading lines={4} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {error !== null && <ErrorNotice error={error} />}
      <div role="status">{said !== '' && <Text size="sm">{said}</Text>}</div>
      {asked.data !== undefined && (
        <>
          <Text>{w.answersSum(answered, schools.length, asked.data.companies.struck, asked.data.companies.left)}</Text>
          <Rows
            label={w.answers}
            rows={schools}
            keyOf={({ schoolId }) => schoolId}
            name={{ head: w.school, cell: ({ school }) => school }}
            columns={[
              {
                head: w.answer,
                plain: true,
                cell: ({ answeredAt, remindedAt }) => (
                  <Stack gap={2} align="flex-start">
                    {answeredAt === null ? (
                      <Badge color="gray" leftSection={<IconHourglass size={16} stroke={1.75} />}>
                        {w.notAnswered}
                      </Badge>
                    ) : (
                      <Badge color="green" leftSection={<IconCheck size={16} stroke={1.75} />}>
                        {w.answeredOn(day(answeredAt))}
                      </Badge>
                    )}
                    {answeredAt === null && remindedAt !== null && (
                      <Text size="sm" c="dimmed">
                        {w.remindedOn(day(remindedAt))}
                      </Text>
                    )}
                  </Stack>
                ),
              },
              { head: w.struck, cell: ({ struck }) => figure(language, struck), width: '5.5rem' },
              { head: w.kept, cell: ({ kept }) => figure(language, kept), width: '5.5rem' },
            ]}
          />
        </>
      )}
    </Stack>
  );
}
