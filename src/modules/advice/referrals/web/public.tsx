import { Button, Checkbox, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listProvision } from '../../../catalogue/provision/contract.ts';
import { listNeeds, type NeedField, needFields, needTerms } from '../../../companies/needs/contract.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { readTimeline } from '../../../companies/timeline/contract.ts';
import { listReferrals, type Referral, sendReferral } from '../contract.ts';
import { referralsWords } from '../words.ts';
import { ReferralState } from './state.tsx';

/** On a company's page: what the own school gave or got, and the way to refer a need (row 3.01). */
export function ReferralsPanel({ company }: { company: string }) {
  const w = useWords(referralsWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const asked = useRead(listReferrals, { query: { way: 'both', state: 'all', company } });
  const rows = asked.data ?? [];
  const maySend = may('consultant', 'coordinator');
  if (!asked.isError && rows.length === 0 && !maySend) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="referrals">
      <Title order={2} id="referrals">
        {w.panel}
      </Title>
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {done !== null && (
        <Text role="status" size="sm">
          {done}
        </Text>
      )}
      {rows.length > 0 && <ReferralRows rows={rows} />}
      {open && (
        <Refer
          company={company as Referral['company']['id']}
          onClose={() => setOpen(false)}
          onDone={async () => {
            await refresh(queries, listReferrals, listNeeds, readTimeline);
            setOpen(false);
            setDone(w.sent);
          }}
        />
      )}
      {!open && maySend && (
        <div>
          <Button onClick={() => setOpen(true)}>{w.refer}</Button>
        </div>
      )}
    </Stack>
  );
}

function ReferralRows({ rows, named = false }: { rows: readonly Referral[]; named?: boolean }) {
  const w = useWords(referralsWords);
  return (
    <Ruled>
      {rows.map((row) => (
        <Rule key={row.id}>
          <div>
            <NameLink to={`/referrals/${row.id}`}>{named ? row.company.name : row.need.what}</NameLink>
            <Text size="sm" c="dimmed">
              {[...(named ? [row.need.what] : []), `${row.from?.name ?? w.centre} → ${row.to.name}`].join(' · ')}
            </Text>
            <ReferralState referral={row} />
          </div>
        </Rule>
      ))}
    </Ruled>
  );
}

type Values = { need: string; newNeed: { what: string; field: string; term: string }; school: string; about: string; companyAgreed: boolean };
const another = 'new';

function Refer({ company, onDone, onClose }: { company: Referral['company']['id']; onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(referralsWords);
  const n = useNeedWords();
  const { schoolId, may } = useActing();
  const needs = useRead(listNeeds, { params: { company } }).data ?? [];
  const offered = useRead(listProvision, {}).data;
  const on = useServerForm<Values>({
    initial: { need: '', newNeed: { what: '', field: '', term: 'now' }, school: '', about: '', companyAgreed: false },
    async send({ need, newNeed, school, about, companyAgreed }, key) {
      const fresh = need === another || needs.length === 0;
      await call(
        sendReferral,
        {
          body: {
            company,
            need: fresh || need === '' ? null : (need as Referral['need']['id']),
            newNeed: fresh ? { ...newNeed, field: newNeed.field as NeedField, term: newNeed.term as 'now' } : null,
            school: school as Referral['to']['id'],
            about,
            companyAgreed: companyAgreed as true,
          },
        },
        { key },
      );
      await onDone();
    },
    sentences: { school_invalid: w.choose, companyAgreed_invalid: w.agreed, 'newNeed.field_invalid': w.choose },
  });
  const { need, newNeed, companyAgreed } = on.form.getValues();
  const fresh = need === another || needs.length === 0;
  const about = fresh ? newNeed.field : (needs.find(({ id }) => id === need)?.field ?? '');
  const own = may('coordinator') ? null : schoolId;
  const schools = (offered?.schools ?? []).filter(({ id }) => id !== own);
  const teaches = (id: string) => (offered?.lines ?? []).some((line) => line.school === id && line.field === about);
  return (
    <FormBody on={on} notSaved={w.notSent} save={w.send} opened onCancel={onClose}>
      {needs.length > 0 && (
        <NativeSelect
          label={w.whichNeed}
          data={[{ value: '', label: w.choose }, ...needs.map(({ id, what }) => ({ value: String(id), label: what })), { value: another, label: w.anotherNeed }]}
          {...on.field('need')}
        />
      )}
      {fresh && (
        <>
          <TextInput label={w.what} maxLength={200} {...on.field('newNeed.what')} />
          <NativeSelect label={w.field} data={[{ value: '', label: w.choose }, ...needFields.map((value) => ({ value, label: n.fields[value] }))]} {...on.field('newNeed.field')} />
          <NativeSelect label={w.when} data={needTerms.map((value) => ({ value, label: n.terms[value] }))} {...on.field('newNeed.term')} />
        </>
      )}
      <NativeSelect
        label={w.toSchool}
        data={[{ value: '', label: w.choose }, ...schools.map(({ id, name }) => ({ value: String(id), label: teaches(id) ? `${name} – ${w.offers}` : name }))]}
        {...on.field('school')}
      />
      <Textarea label={w.about} description={w.aboutHelp} autosize minRows={3} maxLength={1000} {...on.field('about')} />
      <Checkbox {...on.field('companyAgreed')} checked={companyAgreed} label={w.agreed} py={8} />
    </FormBody>
  );
}

/** On Today: what other schools referred to the own one and nobody has answered yet. */
export function ReferralsToday() {
  const w = useWords(referralsWords);
  const asked = useRead(listReferrals, { query: { way: 'in', state: 'open' } });
  const rows = (asked.data ?? []).filter(({ can }) => can.answer);
  if (rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="referrals-today" maw={720}>
      <Title order={2} id="referrals-today">
        {w.today}
      </Title>
      <ReferralRows rows={rows} named />
    </Stack>
  );
}
