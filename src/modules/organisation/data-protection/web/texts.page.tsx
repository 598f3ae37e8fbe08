import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { address } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listProcessors } from '../../centre/contract.ts';
import { readRecord, readText } from '../contract.ts';
import { dataProtectionWords } from '../words.ts';
import { DataProtectionParts } from './public.tsx';

const texts = ['record', 'joint_controllers', 'processor', 'notice'] as const;
/** Somebody must have a new agreement written and signed: two months is not too early. */
const warnDays = 60;

export function TextsPage() {
  const all = useWords(dataProtectionWords);
  const w = all.texts;
  const record = useRows(readRecord, {});
  return (
    <Page title={all.parts.texts} lead={w.lead}>
      <DataProtectionParts />
      <Stack gap="xl">
        <Processors />
        <Stack component="section" gap="sm" aria-labelledby="texts" maw={720}>
          <Title order={2} id="texts">
            {w.texts}
          </Title>
          <Ruled>
            {texts.map((text) => (
              <Rule
                key={text}
                action={
                  <Group gap="xs">
                    {(['da', 'en'] as const).map((language) => (
                      <Button
                        key={language}
                        size="xs"
                        component="a"
                        href={address(readText.path, { params: { text }, query: { language } })}
                        aria-label={w.take(w.names[text], w[language])}
                        leftSection={<IconDownload size={16} stroke={1.75} />}
                      >
                        {w[language]}
                      </Button>
                    ))}
                  </Group>
                }
              >
                <Text fw={500}>{w.names[text]}</Text>
                <Text size="sm" c="var(--vn-ink-2)">
                  {w.about_texts[text]}
                </Text>
              </Rule>
            ))}
          </Ruled>
        </Stack>
        <Stack component="section" gap="sm" aria-labelledby="record">
          <Title order={2} id="record">
            {w.record}
          </Title>
          <ListState list={record} count={record.data?.length ?? 0} empty={null}>
            <Rows
              label={w.record}
              rows={record.data ?? []}
              keyOf={({ kind }) => kind}
              name={{ head: w.kind, cell: ({ kind }) => all.kinds[kind] }}
              columns={[
                { head: w.about, cell: ({ about }) => about.map((each) => all.subjects[each]).join(', ') || null },
                { head: w.months, cell: ({ months }) => (months.length === 0 ? w.byHand : months.map(all.clocks.monthsOf).join(', ')) },
                { head: w.erasing, cell: ({ erasing }) => erasing.map((each) => all.erasing[each]).join(', ') || null },
              ]}
            />
          </ListState>
        </Stack>
      </Stack>
    </Page>
  );
}

/** Agreements that have run out or soon will. */
function Processors() {
  const w = useWords(dataProtectionWords).texts;
  const { language } = useLanguage();
  const { today } = useActing();
  const list = useRead(listProcessors, {});
  const soon = (list.data ?? []).flatMap(({ id, name, agreements }) => {
    const lasts = agreements.filter(({ state }) => state !== 'past').map(({ to }) => to);
    if (lasts.some((to) => to === null || to > shiftDay(today, warnDays))) return [];
    return [{ id, name, last: lasts.reduce<string | null>((latest, to) => (to !== null && (latest === null || to > latest) ? to : latest), null) }];
  });
  if (soon.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.processors} maw={720}>
      <Stack gap={4}>
        {soon.map(({ id, name, last }) => (
          <Text key={id}>{last === null ? w.without(name) : w.endsOn(name, shortDay(language, last))}</Text>
        ))}
        <NameLink to="/processors">{w.toProcessors}</NameLink>
      </Stack>
    </Alert>
  );
}
