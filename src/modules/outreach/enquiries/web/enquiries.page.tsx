import { Anchor, Badge, Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { dial, phoneNumber } from '../../../../ui/figures.ts';
import { ChoiceFilter, Filters, OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { CompanySearch } from '../../../companies/register/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { addEnquiry, answerEnquiry, type Enquiry, listEnquiries, nameCompany, noteEnquiryStep, passEnquiry, takenBy, tipReasons } from '../contract.ts';
import { enquiriesWords } from '../words.ts';

/** The one entrance (row 2.35): what companies ask, who has it and why. */
export function EnquiriesPage() {
  const w = useWords(enquiriesWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ state: ['answered'], mine: ['true'] });
  const list = useRows(listEnquiries, { query: { state: filters.on.state ?? 'open', whose: filters.on.mine === undefined ? 'visible' : 'mine' } });
  const rows = list.data ?? [];
  const { editing, setEditing, done, close, opener } = useEditing();
  const said = async (text: string) => {
    await refresh(queries, listEnquiries);
    close(text);
  };
  return (
    <Page title={w.title} lead={w.lead} done={done} action={opener(may('consultant', 'coordinator'), w.add)}>
      {editing && <Add onDone={() => said(w.saved)} onClose={() => setEditing(false)} />}
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter label={w.state} all={w.open} choices={[{ value: 'answered', label: w.answered }]} value={filters.on.state} onChange={(value) => filters.set('state', value)} />
            {may('consultant') && <OnFilter label={w.mine} value={filters.on.mine} onChange={(value) => filters.set('mine', value)} />}
          </Filters>
        }
      >
        <Ruled>
          {rows.map((enquiry) => (
            <Rule key={enquiry.id}>
              <One key={enquiry.version} enquiry={enquiry} onDone={said} />
            </Rule>
          ))}
        </Ruled>
      </ListState>
    </Page>
  );
}

function One({ enquiry, onDone }: { enquiry: Enquiry; onDone(said: string): Promise<void> }) {
  const w = useWords(enquiriesWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const [open, setOpen] = useState<'pass' | 'answer' | 'name' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { company, tip, adviser, owner, answered, can } = enquiry;
  const { step } = can;
  const onDay = (at: string) => shortDay(language, dayOf(zone, at));
  const when = `${shortDay(language, dayOf(zone, enquiry.receivedAt))} ${timeOf(language, zone, enquiry.receivedAt)}`;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Title order={2} size="h3">
          {company === null ? enquiry.companyName : <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink>}
        </Title>
        {enquiry.urgent && (
          <Badge color="yellow" leftSection={<IconAlertTriangle size={16} stroke={1.75} />}>
            {w.urgent}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {[w.channels[enquiry.channel], when, company === null ? enquiry.town : null, enquiry.joined > 0 ? w.joined(enquiry.joined) : ''].filter(Boolean).join(' · ')}
      </Text>
      {tip !== null && <Text fw={500}>{w.tipFrom(tip.source, w.reasons[tip.reason])}</Text>}
      {adviser !== null && <Text fw={500}>{w.adviserFrom(adviser.name, adviser.organisation)}</Text>}
      <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} maw="68ch">
        {enquiry.said}
      </Text>
      {adviser?.promised != null && (
        <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} maw="68ch">
          {w.promised(adviser.promised)}
        </Text>
      )}
      <Group gap="sm">
        {enquiry.personName !== '' && <Text size="sm">{enquiry.personName}</Text>}
        {enquiry.phone !== null && (
          <Anchor size="sm" href={dial(enquiry.phone)}>
            {phoneNumber(enquiry.phone)}
          </Anchor>
        )}
        {enquiry.email !== null && (
          <Anchor size="sm" href={`mailto:${enquiry.email}`}>
            {enquiry.email}
          </Anchor>
        )}
      </Group>
      <Text size="sm" c="var(--vn-ink-2)">
        {owner === null ? w.noOwner : `${[owner.name, owner.school].filter(Boolean).join(', ')} ${enquiry.because === null ? '' : w.because[enquiry.because]}`}
        {enquiry.byHandReason === null ? '.' : `: ${enquiry.byHandReason}`}
      </Text>
      {enquiry.takenAt !== null && (
        <Text size="sm" c="dimmed">
          {[w.standing.taken(onDay(enquiry.takenAt)), enquiry.contactedAt === null ? null : w.standing.contacted(onDay(enquiry.contactedAt))].filter(Boolean).join(' · ')}
        </Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {answered !== null && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {shortDay(language, dayOf(zone, answered.at))}: {answered.answer}
        </Text>
      )}
      {open === null && can.answer && (
        <Group gap="xs" mt="xs">
          {adviser !== null && step !== null && (
            <Button size="xs" onClick={() => call(noteEnquiryStep, { params: { enquiry: enquiry.id }, body: { step } }, { version: enquiry.version }).then(() => onDone(w.stepDone[step]), setError)}>
              {w.steps[step]}
            </Button>
          )}
          <Button size="xs" onClick={() => setOpen('answer')}>
            {w.answer}
          </Button>
          {can.name && company === null && (
            <Button size="xs" variant="subtle" onClick={() => setOpen('name')}>
              {w.name}
            </Button>
          )}
          {can.pass && (
            <Button size="xs" variant="subtle" onClick={() => setOpen('pass')}>
              {w.pass}
            </Button>
          )}
        </Group>
      )}
      {open === 'answer' && <Answer enquiry={enquiry} onDone={() => onDone(w.answerDone)} onClose={() => setOpen(null)} />}
      {open === 'name' && <Name enquiry={enquiry} onDone={() => onDone(w.nameDone)} onClose={() => setOpen(null)} />}
      {open === 'pass' && <Pass enquiry={enquiry} onDone={() => onDone(w.passed)} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

interface Part {
  enquiry: Enquiry;
  onDone(): Promise<void>;
  onClose(): void;
}

/** Which company of the centre it is. */
function Name({ enquiry, onDone, onClose }: Part) {
  const w = useWords(enquiriesWords);
  const [error, setError] = useState<unknown>(null);
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      <CompanySearch
        label={w.nameSearch}
        none={w.nameNone}
        initial={enquiry.cvr ?? enquiry.companyName}
        onPick={({ id }) => call(nameCompany, { params: { enquiry: enquiry.id }, body: { company: id } }, { version: enquiry.version }).then(onDone, setError)}
        onClose={onClose}
      />
    </>
  );
}

function Answer({ enquiry, onDone, onClose }: Part) {
  const w = useWords(enquiriesWords);
  const form = useServerForm<{ answer: string }>({
    initial: { answer: '' },
    async send(body) {
      await call(answerEnquiry, { params: { enquiry: enquiry.id }, body }, { version: enquiry.version });
      await onDone();
    },
  });
  return (
    <FormBody on={form} notSaved={w.notAnswered} save={w.answerSave} quiet opened onCancel={onClose}>
      <Textarea label={w.answerText} autosize minRows={2} maxLength={2000} {...form.field('answer')} />
    </FormBody>
  );
}

function Pass({ enquiry, onDone, onClose }: Part) {
  const w = useWords(enquiriesWords);
  const colleagues = useRows(listProfiles, { query: {} });
  const form = useServerForm<{ person: string; reason: string }>({
    initial: { person: '', reason: '' },
    async send({ person, reason }) {
      await call(passEnquiry, { params: { enquiry: enquiry.id }, body: { person: person as never, reason } }, { version: enquiry.version });
      await onDone();
    },
  });
  const choices = (colleagues.data ?? [])
    .filter(({ personId }) => String(personId) !== enquiry.owner?.id)
    .map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }));
  return (
    <FormBody on={form} notSaved={w.notPassed} save={w.passSave} quiet opened onCancel={onClose}>
      <NativeSelect label={w.passTo} data={[{ value: '', label: '' }, ...choices]} {...form.field('person')} />
      <TextInput label={w.passReason} maxLength={500} {...form.field('reason')} />
    </FormBody>
  );
}

interface Values extends Record<string, unknown> {
  channel: (typeof takenBy)[number];
  companyName: string;
  cvr: string;
  personName: string;
  phone: string;
  email: string;
  said: string;
  source: string;
  reason: (typeof tipReasons)[number];
  urgent: boolean;
}

function Add({ onDone, onClose }: { onDone(): Promise<void>; onClose(): void }) {
  const w = useWords(enquiriesWords);
  const form = useServerForm<Values>({
    initial: { channel: 'phone', companyName: '', cvr: '', personName: '', phone: '', email: '', said: '', source: '', reason: 'downturn', urgent: false },
    async send(body, key) {
      await call(addEnquiry, { body }, { key });
      await onDone();
    },
  });
  const tip = form.form.getValues().channel === 'tip';
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="add-enquiry">
      <Title order={2} id="add-enquiry">
        {w.addTitle}
      </Title>
      <Text c="var(--vn-ink-2)" maw="68ch">
        {w.addLead} <NameLink to="/assignment-rule">{w.rule}</NameLink>
      </Text>
      <FormBody on={form} notSaved={w.notSaved} save={w.save} opened onCancel={onClose}>
        <NativeSelect label={w.channel} data={takenBy.map((value) => ({ value, label: w.channels[value] }))} {...form.field('channel')} />
        {tip && (
          <>
            <TextInput label={w.source} description={w.sourceHelp} maxLength={200} {...form.field('source')} />
            <NativeSelect label={w.reason} data={tipReasons.map((value) => ({ value, label: w.reasons[value] }))} {...form.field('reason')} />
          </>
        )}
        <TextInput label={w.companyName} maxLength={200} {...form.field('companyName')} />
        <TextInput label={w.cvr} inputMode="numeric" maxLength={8} {...form.field('cvr')} />
        <TextInput label={w.personName} maxLength={200} {...form.field('personName')} />
        <TextInput label={w.phone} description={tip ? undefined : w.oneWay} type="tel" maxLength={30} {...form.field('phone')} />
        <TextInput label={w.email} type="email" maxLength={320} {...form.field('email')} />
        <Textarea label={w.said} autosize minRows={3} maxLength={4000} {...form.field('said')} />
        <Checkbox label={w.urgent} {...form.field('urgent')} checked={form.form.getValues().urgent} />
      </FormBody>
    </Stack>
  );
}
