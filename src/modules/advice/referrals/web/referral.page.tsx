import { Button, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { answerReferral, endReferral, listReferrals, readReferral, referralOutcomes, startReferral, withdrawReferral } from '../contract.ts';
import { referralsWords } from '../words.ts';
import { ReferralState } from './state.tsx';

type Told = OutputOf<typeof readReferral>;
type Open = 'accept' | 'decline' | 'end' | 'withdraw';

export function ReferralPage() {
  const w = useWords(referralsWords);
  const { referral } = useParams({ strict: false }) as { referral: string };
  const asked = useRead(readReferral, { params: { referral } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet key={found.id} referral={found} />}
    </FetchedPage>
  );
}

function Sheet({ referral }: { referral: Told }) {
  const w = useWords(referralsWords);
  const n = useNeedWords();
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { can, need, company } = referral;
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, readReferral, listReferrals);
    setDone(text);
    close();
  };
  const begin = () => call(startReferral, { params: { referral: referral.id } }, { version: referral.version }).then(() => said(w.started), setError);
  const actions = open === null && (
    <>
      {can.withdraw && (
        <Button variant="subtle" onClick={() => setOpen('withdraw')}>
          {w.withdraw}
        </Button>
      )}
      {can.answer && <Button onClick={() => setOpen('decline')}>{w.decline}</Button>}
      {can.start && <Button onClick={begin}>{w.start}</Button>}
      {can.end && (
        <Button variant={can.start ? 'default' : 'filled'} onClick={() => setOpen('end')}>
          {w.end}
        </Button>
      )}
      {can.answer && (
        <Button variant="filled" onClick={() => setOpen('accept')}>
          {w.accept}
        </Button>
      )}
    </>
  );
  const form = { referral, onDone: said, onClose: close };
  return (
    <Page title={company.name} lead={need.what} path={<PathLink to="/referrals">{w.title}</PathLink>} done={done} action={actions || undefined}>
      <Stack gap="xl" maw={720}>
        {error !== null && <ErrorNotice error={error} />}
        {open === 'accept' && <Accept {...form} />}
        {open === 'decline' && <Because {...form} endpoint="decline" />}
        {open === 'withdraw' && <Because {...form} endpoint="withdraw" />}
        {open === 'end' && <End {...form} />}
        <ReferralState referral={referral} />
        <Facts
          facts={[
            { label: w.from, value: [referral.from?.name ?? w.centre, referral.sentBy.name].join(', ') },
            { label: w.to, value: referral.to.name },
            ...(referral.owner === null ? [] : [{ label: w.has, value: referral.owner.name }]),
            { label: w.need, value: need.field === null ? need.what : [need.what, n.fields[need.field]].join(' · ') },
            { label: w.about, value: <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{referral.about}</Text> },
            ...(referral.reason === null ? [] : [{ label: w.reason, value: referral.reason }]),
            ...(referral.outcome === null
              ? []
              : [
                  {
                    label: w.outcome,
                    value: (
                      <>
                        {w.outcomes[referral.outcome]}
                        {referral.outcomeNote !== '' && <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{referral.outcomeNote}</Text>}
                      </>
                    ),
                  },
                ]),
          ]}
        />
        <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>
        <Stack gap="xs" component="section" aria-labelledby="story">
          <Title order={2} id="story">
            {w.story}
          </Title>
          <Ruled>
            {referral.story.map(({ at, by, state, owner, note }) => (
              <Rule key={`${at} ${state}`}>
                <div>
                  <Text fw={500}>{w.states[state]}</Text>
                  <Text size="sm" c="dimmed">
                    {[shortDay(language, dayOf(zone, at)), by, owner !== null && owner !== by ? `${w.has}: ${owner}` : null].filter((part) => part !== null).join(' · ')}
                  </Text>
                  {note !== '' && <Text size="sm">{note}</Text>}
                </div>
              </Rule>
            ))}
          </Ruled>
        </Stack>
      </Stack>
    </Page>
  );
}

interface FormProps {
  referral: Told;
  onDone(text: string): Promise<void>;
  onClose(): void;
}

function Accept({ referral, onDone, onClose }: FormProps) {
  const w = useWords(referralsWords);
  const found = useRead(listProfiles, { query: {} });
  const colleagues = (found.data ?? []).filter(({ schoolId }) => schoolId === referral.to.id);
  const on = useServerForm<{ owner: string }>({
    initial: { owner: '' },
    async send({ owner }) {
      await call(
        answerReferral,
        { params: { referral: referral.id }, body: { accept: true, owner: owner === '' ? null : (owner as NonNullable<Told['owner']>['id']) } },
        { version: referral.version },
      );
      await onDone(w.accepted);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notDone} save={w.acceptSave} opened onCancel={onClose}>
      <NativeSelect label={w.owner} data={[{ value: '', label: w.myself }, ...colleagues.map(({ personId, name }) => ({ value: String(personId), label: name }))]} {...on.field('owner')} />
    </FormBody>
  );
}

function Because({ referral, onDone, onClose, endpoint }: FormProps & { endpoint: 'decline' | 'withdraw' }) {
  const w = useWords(referralsWords);
  const on = useServerForm<{ reason: string }>({
    initial: { reason: '' },
    async send({ reason }) {
      const which = { params: { referral: referral.id } };
      if (endpoint === 'decline') await call(answerReferral, { ...which, body: { accept: false, reason } }, { version: referral.version });
      else await call(withdrawReferral, { ...which, body: { reason } }, { version: referral.version });
      await onDone(endpoint === 'decline' ? w.declined : w.withdrawn);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notDone} save={endpoint === 'decline' ? w.declineSave : w.withdrawSave} opened onCancel={onClose}>
      <Textarea label={w.reason} description={endpoint === 'decline' ? w.reasonHelp : undefined} autosize minRows={2} maxLength={500} {...on.field('reason')} />
    </FormBody>
  );
}

function End({ referral, onDone, onClose }: FormProps) {
  const w = useWords(referralsWords);
  const on = useServerForm<{ outcome: string; note: string }>({
    initial: { outcome: '', note: '' },
    async send({ outcome, note }) {
      await call(endReferral, { params: { referral: referral.id }, body: { outcome: outcome as (typeof referralOutcomes)[number], note } }, { version: referral.version });
      await onDone(w.ended);
    },
    sentences: { outcome_invalid: w.choose },
  });
  return (
    <FormBody on={on} notSaved={w.notDone} save={w.endSave} opened onCancel={onClose}>
      <NativeSelect label={w.outcome} data={[{ value: '', label: w.choose }, ...referralOutcomes.map((value) => ({ value, label: w.outcomes[value] }))]} {...on.field('outcome')} />
      <Textarea label={w.note} description={w.reasonHelp} autosize minRows={2} maxLength={1000} {...on.field('note')} />
    </FormBody>
  );
}
