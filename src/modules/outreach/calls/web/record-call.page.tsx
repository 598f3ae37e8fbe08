import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { instantIn, readTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { readCompany } from '../../../companies/register/contract.ts';
import { readTimeline } from '../../../companies/timeline/contract.ts';
import { listCalls, recordCall } from '../contract.ts';
import { outcomes, reasons, routesOfContact } from '../rules.ts';
import { callsWords } from '../words.ts';

interface Written extends Record<string, unknown> {
  direction: 'in' | 'out';
  route: (typeof routesOfContact)[number];
  outcome: (typeof outcomes)[number];
  reason: '' | (typeof reasons)[number];
  callbackDay: string;
  callbackTime: string;
  note: string;
  objection: boolean;
}

/** A call that no campaign asked for. */
export function RecordCallPage() {
  const w = useWords(callsWords);
  return (
    <OnlyFor roles={['consultant', 'coordinator']} title={w.record}>
      <Found />
    </OnlyFor>
  );
}

function Found() {
  const w = useWords(callsWords);
  const { company } = useParams({ strict: false }) as { company: string };
  const asked = useRead(readCompany, { params: { company } });
  return (
    <FetchedPage asked={asked} title={w.record}>
      {(found) => (
        <Page title={w.record} path={<PathLink to={`/companies/${company}`}>{found.name}</PathLink>}>
          <RecordCall company={company} />
        </Page>
      )}
    </FetchedPage>
  );
}

function RecordCall({ company }: { company: string }) {
  const w = useWords(callsWords);
  const shared = useWords(uiWords);
  const { zone } = useActing();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const on = useServerForm<Written>({
    initial: { direction: 'in', route: 'consultants', outcome: 'wants_contact', reason: '', callbackDay: '', callbackTime: '', note: '', objection: false },
    async send({ callbackDay, callbackTime, reason, ...body }, key) {
      const time = readTime(callbackTime);
      const callbackAt = body.outcome === 'call_back' && time !== null && /^\d{4}-\d{2}-\d{2}$/.test(callbackDay) ? instantIn(zone, callbackDay, time) : null;
      await call(recordCall, { params: { company }, body: { ...body, callbackAt, reason: reason === '' ? null : reason } }, { key });
      await refresh(queries, readTimeline, readCompany, listCalls);
      navigate({ to: `/companies/${company}`, state: saying(w.recordedCall) });
    },
  });
  const { outcome } = on.form.getValues();
  return (
    <FormBody on={on} notSaved={w.notRecordedCall} save={w.recordSave} onCancel={() => navigate({ to: `/companies/${company}` })}>
      <NativeSelect {...on.field('direction')} label={w.direction} data={(['in', 'out'] as const).map((value) => ({ value, label: w.directions[value] ?? value }))} />
      <NativeSelect {...on.field('route')} label={w.route} data={routesOfContact.map((value) => ({ value, label: w.routes[value] ?? value }))} />
      <NativeSelect {...on.field('outcome')} label={w.how} data={outcomes.map((value) => ({ value, label: w.outcomes[value] ?? value }))} />
      {(outcome === 'not_now' || outcome === 'not_interested') && (
        <NativeSelect {...on.field('reason')} label={w.reason} data={[{ value: '', label: w.noReason }, ...reasons.map((value) => ({ value, label: w.reasons[value] ?? value }))]} />
      )}
      {outcome === 'call_back' && (
        <>
          <DayInput {...on.field('callbackDay')} label={w.callbackDay} />
          <TextInput {...on.field('callbackTime')} label={w.callbackTime} maw={120} autoComplete="off" />
        </>
      )}
      <Textarea {...on.field('note')} label={`${w.noteHead} ${shared.optional}`} autosize minRows={3} maxRows={10} maxLength={2000} />
      <Checkbox {...on.field('objection')} checked={on.form.getValues().objection} label={w.objection} description={w.objectionHelp} py={8} />
    </FormBody>
  );
}
