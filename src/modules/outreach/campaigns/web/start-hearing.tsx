import { Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { instantIn, readTime, workingDaysOn } from '../../../../ui/moments.ts';
import { uiWords } from '../../../../ui/words.ts';
import { openHearing } from '../../hearing/contract.ts';
import type { Campaign } from '../contract.ts';
import { campaignsWords } from '../words.ts';

/** Until when the schools may answer: noon three working days on, unless something else is written. */
export function StartHearing({ campaign, onDone, onClose }: { campaign: Campaign; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(campaignsWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const { today, zone } = useActing();
  const on = useServerForm({
    initial: { day: workingDaysOn(today, 3), time: language === 'da' ? '12.00' : '12:00' },
    sentences: { day_format: shared.dayUnread, time_format: w.timeUnread, day_deadline_passed: w.deadlinePassed },
    async send({ day, time }, key) {
      const at = readTime(time);
      const fields = [...(/^\d{4}-\d{2}-\d{2}$/.test(day) ? [] : [{ path: 'day', code: 'format' }]), ...(at === null ? [{ path: 'time', code: 'format' }] : [])];
      if (fields.length > 0 || at === null) throw new Refusal({ type: 'urn:vejnet:problem:invalid', status: 400, code: 'invalid', fields });
      try {
        await call(openHearing, { params: { campaign: campaign.id }, body: { deadline: instantIn(zone, day, at) } }, { key });
      } catch (error) {
        if (!(error instanceof Refusal && error.problem.code === 'deadline_passed')) throw error;
        throw new Refusal({ ...error.problem, fields: [{ path: 'day', code: 'deadline_passed' }] });
      }
      await onDone();
    },
  });
  return (
    <Stack gap="sm" component="section" aria-labelledby="start-hearing">
      <Title order={2} id="start-hearing">
        {w.hearingTitle}
      </Title>
      <Text c="var(--vn-ink-2)">{w.hearingHelp}</Text>
      <FormBody on={on} notSaved={w.notSent} save={w.send} onCancel={onClose} opened>
        <Group gap="md" align="flex-start">
          <DayInput {...on.field('day')} label={w.deadlineDay} />
          <TextInput {...on.field('time')} label={w.deadlineTime} description={w.timeHelp} autoComplete="off" styles={{ wrapper: { maxWidth: 140 } }} />
        </Group>
      </FormBody>
    </Stack>
  );
}
