import { Alert, Button, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLock, IconPhone, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { refresh } from '../../../../ui/read.ts';
import { readTimeline } from '../../timeline/contract.ts';
import { listCompanies, readCompany, recordException } from '../contract.ts';
import { registerWords } from '../words.ts';

export type CompanySheet = OutputOf<typeof readCompany>;
const kinds = ['company_asked', 'consent', 'own_relation'] as const;

/** How the answer looks: not at all, only with a reason, with care, or freely. */
function lookOf({ may, reasons }: CompanySheet['call']) {
  if (reasons.includes('ceased')) return { color: 'red', Icon: IconX } as const;
  if (!may) return { color: 'gray', Icon: IconLock } as const;
  if (reasons.includes('dissolving') || reasons.includes('no_phone')) return { color: 'yellow', Icon: IconAlertTriangle } as const;
  return { color: 'fjord', Icon: reasons.includes('protected_with_reason') ? IconCheck : IconPhone } as const;
}

/** Whether the company may be called, and why; a coordinator can write the reason that opens a protected one. */
export function CallNotice({ company, onDone }: { company: CompanySheet; onDone(said: string): void }) {
  const w = useWords(registerWords);
  const { language } = useLanguage();
  const { may: held, zone } = useActing();
  const [writing, setWriting] = useState(false);
  const { may, reasons } = company.call;
  const { color, Icon } = lookOf(company.call);
  const coordinator = held('coordinator');
  const { exception } = company;
  const open = coordinator && !writing && company.status !== 'ceased' && company.protected === true;
  const title = !may ? w.mayNotCall : color === 'yellow' ? w.mayCallWithCare : w.mayCall;
  return (
    <Stack gap="md">
      <Alert color={color} icon={<Icon size={20} stroke={1.75} />} title={title}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{reasons.map((reason) => (reason === 'ceased' && company.ended !== null ? w.ceasedOn(shortDay(language, company.ended)) : w.reasons[reason])).join(' ')}</Text>
          {exception !== null && company.protected !== false && company.status !== 'ceased' && (
            <Text size="sm">
              {w.exceptions[exception.kind]}: {w.quoted(exception.note)} {w.exceptionBy(shortDay(language, dayOf(zone, exception.at)), exception.by)}
            </Text>
          )}
          {company.quarantinedUntil !== null && <Text size="sm">{w.peaceUntil(shortDay(language, company.quarantinedUntil))}</Text>}
          {reasons.includes('not_available') && <Text size="sm">{w.askedItself}</Text>}
          {reasons.includes('protected') && <Text size="sm">{coordinator ? w.canRecord : w.askCoordinator}</Text>}
          {open && (
            <Button size="xs" onClick={() => setWriting(true)}>
              {exception === null ? w.record : w.recordAgain}
            </Button>
          )}
        </Stack>
      </Alert>
      {writing && (
        <Stack gap="sm">
          <Title order={2}>{w.recordTitle}</Title>
          <RecordException company={company} onClose={() => setWriting(false)} onDone={onDone} />
        </Stack>
      )}
    </Stack>
  );
}

function RecordException({ company, onClose, onDone }: { company: CompanySheet; onClose(): void; onDone(said: string): void }) {
  const w = useWords(registerWords);
  const queries = useQueryClient();
  const on = useServerForm({
    initial: { kind: (company.exception?.kind ?? 'company_asked') as (typeof kinds)[number], note: company.exception?.note ?? '' },
    async send(body) {
      await call(recordException, { params: { company: company.id }, body });
      await refresh(queries, readCompany, readTimeline, listCompanies);
      onClose();
      onDone(w.recorded);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notRecorded} save={w.recordSave} onCancel={onClose} quiet opened>
      <NativeSelect {...on.field('kind')} label={w.recordKind} data={kinds.map((value) => ({ value, label: w.exceptions[value] }))} maw={320} />
      <Textarea {...on.field('note')} label={w.recordNote} description={w.recordNoteHelp} autosize minRows={2} maxRows={6} maxLength={500} />
    </FormBody>
  );
}
