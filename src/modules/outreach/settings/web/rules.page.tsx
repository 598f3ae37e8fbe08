import { List, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { FormBody, type Said, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { readTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { type OutreachSettings, readOutreachSettings, writeOutreachSettings } from '../contract.ts';
import { settingsWords } from '../words.ts';

type Rule = keyof Omit<OutreachSettings, 'version' | 'can'>;
type Group = keyof (typeof settingsWords)['da']['groups'];
const groups: Record<Group, Rule[]> = {
  calls: ['attempts', 'attemptHours', 'leaseMinutes', 'callFrom', 'callTo', 'callbackGraceMinutes'],
  peace: ['notNowMonths', 'notInterestedMonths'],
  visits: ['meetingMinutes', 'shareWeeks', 'shareLead', 'silenceDays'],
  hearing: ['reminderDays', 'smallCell'],
};
const named = Object.keys(groups) as Group[];
const rules = Object.values(groups).flat();
const isTime = (rule: Rule): rule is 'callFrom' | 'callTo' => rule === 'callFrom' || rule === 'callTo';

export function RulesPage() {
  const w = useWords(settingsWords);
  const asked = useRead(readOutreachSettings, {});
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(settings) => <Sheet settings={settings} />}
    </FetchedPage>
  );
}

function Sheet({ settings }: { settings: OutreachSettings }) {
  const w = useWords(settingsWords);
  const { editing, done, close, opener } = useEditing();
  const sentence = (rule: Rule): string | null => {
    if (rule === 'callTo') return null;
    return rule === 'callFrom' ? w.said.hours(settings.callFrom, settings.callTo) : w.said[rule](settings[rule]);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(settings.can.edit, w.edit)}>
      {editing ? (
        <EditRules settings={settings} onClose={close} />
      ) : (
        <Stack gap="xl" maw="var(--vn-read)">
          {named.map((group) => (
            <Stack key={group} gap="xs" component="section" aria-labelledby={group}>
              <Title order={2} id={group}>
                {w.groups[group]}
              </Title>
              <List spacing={6}>
                {groups[group].map((rule) => {
                  const text = sentence(rule);
                  return text !== null && <List.Item key={rule}>{text}</List.Item>;
                })}
              </List>
            </Stack>
          ))}
          {!settings.can.edit && <Text c="dimmed">{w.mayEdit}</Text>}
        </Stack>
      )}
    </Page>
  );
}

const valuesOf = (settings: OutreachSettings) => Object.fromEntries(rules.map((rule) => [rule, String(settings[rule])])) as Record<Rule, string>;

function EditRules({ settings, onClose }: { settings: OutreachSettings; onClose(said: string | null): void }) {
  const w = useWords(settingsWords);
  const queries = useQueryClient();
  const on = useServerForm<Record<Rule, string>, OutreachSettings>({
    initial: valuesOf(settings),
    edits: { seen: settings, valuesOf },
    sentences: { callFrom_format: w.hours, callTo_format: w.hours },
    async send(values, _key, version) {
      // What is no number goes as it was written: the server names the field.
      const sent = (rule: Rule) => (isTime(rule) ? (readTime(values[rule]) ?? values[rule]) : /^\d+$/.test(values[rule].trim()) ? Number(values[rule]) : values[rule]);
      await call(writeOutreachSettings, { body: Object.fromEntries(rules.map((rule) => [rule, sent(rule)])) as Omit<OutreachSettings, 'version' | 'can'> }, { version });
      await refresh(queries, readOutreachSettings);
      onClose(w.saved);
    },
  });
  const inWords = (values: Record<Rule, string>): Said[] => rules.map((rule) => ({ label: w.fields[rule], text: values[rule] }));
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} opened wide inWords={inWords}>
      {named.map((group) => (
        <Stack key={group} gap="sm">
          <Title order={2}>{w.groups[group]}</Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
            {groups[group].map((rule) => (
              <TextInput key={rule} {...on.field(rule)} label={w.fields[rule]} inputMode={isTime(rule) ? 'text' : 'numeric'} autoComplete="off" styles={{ wrapper: { maxWidth: 140 } }} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </FormBody>
  );
}
