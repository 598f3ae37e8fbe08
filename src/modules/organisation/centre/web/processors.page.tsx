import { Alert, Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PeriodBadge } from '../../../../ui/period-badge.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { addProcessor, endAgreement, fileAgreement, listProcessors } from '../contract.ts';
import { processorsWords } from '../words.ts';

type Processor = OutputOf<typeof listProcessors>[number];
type Agreement = Processor['agreements'][number];

export function ProcessorsPage() {
  const w = useWords(processorsWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listProcessors, {});
  const [open, setOpen] = useState<'add' | Processor['id'] | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const mayFile = may('data_protection', 'administrator');
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const changed = async (said: string) => {
    await refresh(queries, listProcessors);
    setDone(said);
    close();
  };
  const add =
    mayFile && open === null ? (
      <Button variant="filled" leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => setOpen('add')}>
        {w.add}
      </Button>
    ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} done={done} action={list.data?.length ? add : undefined}>
      <Stack gap="xl">
        {open === 'add' && <AddProcessor onDone={changed} onClose={close} />}
        <ListState list={list} count={list.data?.length ?? 0} empty={open === 'add' ? null : <Empty title={w.none} text={w.noneText} action={add} />}>
          {list.data?.map((processor) => (
            <Organisation key={processor.id} processor={processor} mayFile={mayFile} filing={open === processor.id} onFile={() => setOpen(processor.id)} onDone={changed} onClose={close} />
          ))}
        </ListState>
      </Stack>
    </Page>
  );
}

interface Doing {
  onDone(said: string): Promise<void>;
  onClose(): void;
}

function Organisation({ processor, mayFile, filing, onFile, onDone, onClose }: Doing & { processor: Processor; mayFile: boolean; filing: boolean; onFile(): void }) {
  const w = useWords(processorsWords);
  return (
    <Stack component="section" gap="md" maw={720} aria-labelledby={processor.id}>
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <Title order={2} id={processor.id}>
            {processor.name}
          </Title>
          <Badge color={processor.valid ? 'green' : 'yellow'} leftSection={processor.valid ? <IconCheck size={16} stroke={1.75} /> : <IconAlertTriangle size={16} stroke={1.75} />}>
            {processor.valid ? w.valid : w.invalid}
          </Badge>
          <Text size="sm" c="dimmed">
            {w.kinds[processor.kind]}
          </Text>
        </Group>
        {mayFile && !filing && (
          <Button size="xs" onClick={onFile} aria-label={w.fileWith(processor.name)}>
            {w.file}
          </Button>
        )}
      </Group>
      {!processor.valid && (
        <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />}>
          {w.invalidText(processor.name)}
        </Alert>
      )}
      {filing && <FileAgreement processor={processor} onDone={onDone} onClose={onClose} />}
      {processor.agreements.length > 0 && (
        <Ruled>
          {processor.agreements.map((agreement) => (
            <AgreementLine key={agreement.id} processor={processor} agreement={agreement} mayEnd={mayFile && agreement.state !== 'past'} onDone={onDone} />
          ))}
        </Ruled>
      )}
    </Stack>
  );
}

function AgreementLine({ processor, agreement, mayEnd, onDone }: { processor: Processor; agreement: Agreement; mayEnd: boolean; onDone: Doing['onDone'] }) {
  const w = useWords(processorsWords);
  const { language } = useLanguage();
  const [ending, setEnding] = useState(false);
  return (
    <Rule
      action={
        mayEnd &&
        !ending && (
          <Button size="xs" onClick={() => setEnding(true)} aria-label={w.endThis(agreement.reference)}>
            {w.end}
          </Button>
        )
      }
    >
      <div>
        <Group gap="xs">
          <Text span fw={500}>
            {agreement.reference}
          </Text>
          <PeriodBadge {...agreement} />
        </Group>
        <Text size="sm" c="dimmed">
          {w.signed(shortDay(language, agreement.signedOn))}
        </Text>
      </div>
      {ending && <EndAgreement processor={processor} agreement={agreement} onDone={onDone} onClose={() => setEnding(false)} />}
    </Rule>
  );
}

function AddProcessor({ onDone, onClose }: Doing) {
  const w = useWords(processorsWords);
  const on = useServerForm({
    initial: { name: '' },
    async send(body, key) {
      await call(addProcessor, { body }, { key });
      await onDone(w.added(body.name.trim()));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notAdded} save={w.addSave} onCancel={onClose} opened>
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" />
    </FormBody>
  );
}

function FileAgreement({ processor, onDone, onClose }: Doing & { processor: Processor }) {
  const w = useWords(processorsWords);
  const shared = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { reference: '', signedOn: today, from: today, to: '' },
    sentences: { signedOn_format: shared.dayUnread, from_format: shared.dayUnread, to_format: shared.dayUnread },
    async send(values, key) {
      await call(fileAgreement, { params: { processor: processor.id }, body: { ...values, to: values.to === '' ? null : values.to } }, { key });
      await onDone(w.filed);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notFiled} save={w.fileSave} onCancel={onClose} opened>
      <TextInput {...on.field('reference')} label={w.reference} autoComplete="off" />
      <DayInput {...on.field('signedOn')} label={w.signedOn} />
      <DayInput {...on.field('from')} label={w.firstDay} />
      <DayInput {...on.field('to')} label={`${w.lastDay} ${shared.optional}`} />
    </FormBody>
  );
}

function EndAgreement({ processor, agreement, onDone, onClose }: Doing & { processor: Processor; agreement: Agreement }) {
  const w = useWords(processorsWords);
  const shared = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { lastDay: agreement.from > today ? agreement.from : today },
    sentences: { lastDay_format: shared.dayUnread },
    async send(body, key) {
      await call(endAgreement, { params: { processor: processor.id, agreement: agreement.id }, body }, { key });
      onClose();
      await onDone(w.ended);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notEnded} save={w.end} onCancel={onClose} quiet opened>
      <DayInput {...on.field('lastDay')} label={w.lastDay} description={w.endHelp} />
    </FormBody>
  );
}
