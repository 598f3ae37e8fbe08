import { Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { type School, writeLastDay } from '../../../organisation/schools/contract.ts';
import { type LeftBehind, readLeftBehind } from '../contract.ts';
import { leavingWords } from '../words.ts';

/** Writes a school's last day, after saying in figures what follows. */
export function LeaveSchool({ school, onDone, onClose }: { school: School; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(leavingWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const [asked, setAsked] = useState<{ lastDay: string; figures: LeftBehind } | null>(null);
  const on = useServerForm({
    initial: { lastDay: '' },
    sentences: { lastDay_format: shared.dayUnread },
    async send({ lastDay }) {
      setAsked({ lastDay, figures: await call(readLeftBehind, { params: { school: school.id }, query: { lastDay } }) });
    },
  });
  const told = ({ people, ...behind }: LeftBehind) => {
    const parts = (Object.keys(behind) as (keyof typeof behind)[]).filter((key) => behind[key] > 0).map((key) => w[key](behind[key]));
    return [...(people > 0 ? [w.people(people)] : []), parts.length === 0 ? w.nothing : w.behind(parts), w.stays].join(' ');
  };
  return (
    <Stack gap="md" maw={480} component="section" aria-labelledby="last-day">
      <Title order={2} id="last-day">
        {w.title}
      </Title>
      <FormBody on={on} notSaved={w.notWritten} save={w.next} onCancel={onClose} opened>
        <DayInput {...on.field('lastDay')} label={w.lastDay} description={w.help} />
      </FormBody>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked === null ? '' : w.sure(school.name, shortDay(language, asked.lastDay))}
        text={asked === null ? '' : told(asked.figures)}
        yes={w.yes}
        run={() => call(writeLastDay, { params: { school: school.id }, body: { lastDay: asked?.lastDay ?? null } }, { version: school.version })}
        onDone={onDone}
      />
    </Stack>
  );
}
