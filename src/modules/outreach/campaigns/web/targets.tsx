import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconDownload, IconLock } from '@tabler/icons-react';
import { phoneNumber } from '../../../../ui/figures.ts';
import { useFilters } from '../../../../ui/filters.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { PickOne } from '../../../../ui/pick-one.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { type Campaign, listTargets } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { useReasonWords } from './campaign-words.tsx';

/** The frozen list, each company with the reason it is there; who struck it, for the coordinator alone. */
export function Targets({ campaign }: { campaign: Campaign }) {
  const w = useWords(campaignsWords);
  const reasonWords = useReasonWords();
  const heard = campaign.hearingClosedAt !== null;
  const asked = campaign.hearingDeadline !== null;
  const filters = useFilters({ show: heard ? (['struck', 'available'] as const) : (['struck'] as const) });
  const list = useList(listTargets, { params: { campaign: campaign.id }, query: filters.on });
  const choices = [{ value: '', label: w.shows.all }, ...(asked ? [{ value: 'struck', label: w.shows.struck }] : []), ...(heard ? [{ value: 'available', label: w.shows.available }] : [])];
  const icon = { size: 16, stroke: 1.75 };
  return (
    <Stack gap="sm" component="section" aria-labelledby="list">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="list">
          {w.list}
        </Title>
        <Anchor href={`/api/campaigns/${campaign.id}/targets.csv`} download size="sm">
          <IconDownload size={16} stroke={1.75} style={{ verticalAlign: '-2px', marginInlineEnd: 4 }} aria-hidden="true" />
          {w.download(campaign.targets ?? 0)}
        </Anchor>
      </Group>
      {asked && (
        <Text size="sm" c="dimmed">
          {w.onlyYou}
        </Text>
      )}
      <div>
        <ListState
          controls={
            asked ? (
              <Group mb="sm">
                <PickOne label={w.show} value={filters.on.show ?? ''} onChange={(value) => filters.set('show', value)} choices={choices} />
              </Group>
            ) : undefined
          }
          list={list}
          count={list.rows.length}
          empty={<Empty title={w.none} />}
          filters={filters}
          none={w.none}
        >
          <Rows
            label={w.list}
            rows={list.rows}
            keyOf={({ company }) => company}
            name={{
              head: w.company,
              cell: ({ company, name, town, reason }) => (
                <Wraps least="10rem">
                  <NameLink to={`/companies/${company}`}>{name}</NameLink>
                  <Text span display="block" size="sm" c="dimmed" fw={400}>
                    {sideBySide([...(town === null ? [] : [town]), ...reasonWords(reason)])}
                  </Text>
                </Wraps>
              ),
            }}
            columns={[
              { head: w.phone, cell: ({ phone }) => (phone === null ? w.noPhoneHere : phoneNumber(phone)), width: '7.5rem' },
              ...(asked
                ? [
                    {
                      head: w.struckBy,
                      width: '12rem',
                      cell: ({ struckBy }: (typeof list.rows)[number]) =>
                        struckBy.length === 0 ? (heard ? null : w.nobody) : sideBySide(struckBy.map(({ school, reason }) => `${school} (${w.strikeReasons[reason]})`)),
                    },
                  ]
                : []),
              ...(heard
                ? [
                    {
                      head: w.result,
                      plain: true as const,
                      width: '10.5rem',
                      cell: ({ available }: (typeof list.rows)[number]) =>
                        available === null ? null : available ? (
                          <Badge color="green" leftSection={<IconCircleCheck {...icon} />}>
                            {w.available}
                          </Badge>
                        ) : (
                          <Badge color="gray" leftSection={<IconLock {...icon} />}>
                            {w.notAvailable}
                          </Badge>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </ListState>
      </div>
    </Stack>
  );
}
