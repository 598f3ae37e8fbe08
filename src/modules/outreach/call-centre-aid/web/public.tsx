import { Button, Radio, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { type Aid, answerCallCentreAid, readCallCentreAid } from '../contract.ts';
import { type AidAnswer, type AidAnswers, questions } from '../rules.ts';
import { aidWords } from '../words.ts';

const params = (campaign: string) => ({ params: { campaign } });

/** On the page of a campaign, for the coordinator: four questions about a call centre, and what the answers speak for (row 2.07). */
export function CallCentreAid({ campaign }: { campaign: string }) {
  const w = useWords(aidWords);
  const asked = useRead(readCallCentreAid, params(campaign));
  const [open, setOpen] = useState(false);
  if (asked.data === undefined) return null;
  const { facts, suggestion, can } = asked.data;
  return (
    <Stack gap="xs" component="section" aria-labelledby="aid" align="flex-start" maw="var(--vn-read)">
      <Title order={2} id="aid">
        {w.title}
      </Title>
      {suggestion === null || open ? <Text c="var(--vn-ink-2)">{w.lead}</Text> : <Suggestion aid={asked.data} suggestion={suggestion} />}
      <Text size="sm" c="dimmed">
        {w.facts(facts.companies, facts.small, facts.spokenWith)}
      </Text>
      {open ? <Answers campaign={campaign} aid={asked.data} onClose={() => setOpen(false)} /> : can.answer && <Button onClick={() => setOpen(true)}>{suggestion === null ? w.open : w.change}</Button>}
    </Stack>
  );
}

function Suggestion({ aid, suggestion }: { aid: Aid; suggestion: NonNullable<Aid['suggestion']> }) {
  const w = useWords(aidWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const { fits, speaksFor, speaksAgainst } = suggestion;
  const named = (which: typeof speaksFor, words: typeof w.short) =>
    listed(
      language,
      which.map((each) => words[each]),
    );
  return (
    <>
      <Text fw={600}>{w.fits[fits]}</Text>
      {speaksFor.length > 0 && <Text>{w.speaksFor(named(speaksFor, w.short))}</Text>}
      {speaksAgainst.length > 0 && <Text>{w.speaksAgainst(named(speaksAgainst, w.shortNot))}</Text>}
      <Text>{w.decide}</Text>
      {aid.answeredAt !== null && (
        <Text size="sm" c="dimmed">
          {w.by(aid.answeredBy ?? w.someone, shortDay(language, dayOf(zone, aid.answeredAt)))}
        </Text>
      )}
    </>
  );
}

const valuesOf = ({ answers }: Aid): AidAnswers => answers ?? { manySmall: 'unsure', weakContacts: 'unsure', broadOverview: 'unsure', littleExperience: 'unsure' };

function Answers({ campaign, aid, onClose }: { campaign: string; aid: Aid; onClose(): void }) {
  const w = useWords(aidWords);
  const queries = useQueryClient();
  const on = useServerForm<AidAnswers, Aid>({
    initial: valuesOf(aid),
    edits: { seen: aid, valuesOf },
    async send(body, _key, version) {
      await call(answerCallCentreAid, { ...params(campaign), body }, { version });
      await refresh(queries, readCallCentreAid);
      onClose();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={onClose} quiet>
      {questions.map((question) => (
        <Radio.Group key={question} {...on.field(question)} label={w.questions[question]}>
          <Stack gap="xs" mt={6}>
            {(['yes', 'no', 'unsure'] as AidAnswer[]).map((value) => (
              <Radio key={value} value={value} label={w.answers[value]} />
            ))}
          </Stack>
        </Radio.Group>
      ))}
    </FormBody>
  );
}
