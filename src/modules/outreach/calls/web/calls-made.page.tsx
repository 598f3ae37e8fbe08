import { Badge, Button, Group, NativeSelect, Radio, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconPhoneOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { ChoiceFilter, Filters, OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { instantIn, readTime } from '../../../../ui/moments.ts';
import { refresh, useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { type Call, correctCall, decideCall, liftObjection, listCalls } from '../contract.ts';
import { outcomes } from '../rules.ts';
import { callsWords } from '../words.ts';

/** Every call that the person may read; the coordinator corrects and decides here. */
export function CallsMadePage() {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const { zone, may } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ campaign: null, outcome: outcomes, open: ['true'] });
  const list = useList(listCalls, { query: filters.on });
  const [open, setOpen] = useState<{ call: Call; what: 'correct' | 'decide' | 'lift' } | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setOpen(null);
    focusTitle();
  };
  const changed = async (text: string) => {
    await refresh(queries, listCalls);
    setDone(text);
    close();
  };
  const coordinates = may('coordinator');
  return (
    <Page title={w.madeTitle} lead={coordinates ? w.madeLead : w.ownLead} done={done}>
      {open?.what === 'correct' && <Correct key={open.call.id} made={open.call} onDone={changed} onClose={close} />}
      {open?.what === 'decide' && <Decide key={open.call.id} made={open.call} onDone={changed} onClose={close} />}
      {open?.what === 'lift' && <Lift key={open.call.id} made={open.call} onDone={changed} onClose={close} />}
      <ListState
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.noCalls}
        empty={<Empty title={w.noCallsTitle} text={w.noCallsText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.outcome}
              all={w.anyOutcome}
              choices={outcomes.map((value) => ({ value, label: w.outcomes[value] ?? value }))}
              value={filters.on.outcome}
              onChange={(value) => filters.set('outcome', value)}
            />
            {coordinates && <OnFilter label={w.openOnly} value={filters.on.open} onChange={(value) => filters.set('open', value)} />}
          </Filters>
        }
      >
        <Rows
          label={w.madeTitle}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{ head: w.company, cell: ({ company }) => <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.outcome, plain: true, cell: (made) => <Ended made={made} /> },
            { head: w.noteHead, cell: ({ note, reason }) => [reason === null ? null : w.reasons[reason], note].filter(Boolean).join('. ') || null },
            { head: w.campaign, plain: true, cell: ({ campaign, route }) => campaign?.name ?? `${w.outsideCampaign}, ${w.routes[route]?.toLowerCase()}` },
            { head: w.who, plain: true, cell: ({ person }) => person, width: '8rem' },
            {
              head: w.when,
              plain: true,
              cell: ({ at }) => <time dateTime={at}>{w.on(shortDay(language, dayOf(zone, at)), timeOf(language, zone, at)).replaceAll(' ', '\u00a0')}</time>,
              width: '11.5rem',
            },
            ...(coordinates
              ? [
                  {
                    head: w.correct,
                    plain: true as const,
                    cell: (made: Call) => (
                      <Group gap="xs">
                        {made.can.decide && (
                          <Button size="xs" onClick={() => setOpen({ call: made, what: 'decide' })} aria-label={w.decideThis(made.company.name)}>
                            {w.decide}
                          </Button>
                        )}
                        {made.can.lift && (
                          <Button size="xs" onClick={() => setOpen({ call: made, what: 'lift' })} aria-label={w.liftThis(made.company.name)}>
                            {w.lift}
                          </Button>
                        )}
                        {made.can.correct && (
                          <Button size="xs" variant="subtle" onClick={() => setOpen({ call: made, what: 'correct' })} aria-label={w.correctThis(made.company.name)}>
                            {w.correct}
                          </Button>
                        )}
                      </Group>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </ListState>
    </Page>
  );
}

function Ended({ made }: { made: Call }) {
  const w = useWords(callsWords);
  return (
    <Stack gap={4} align="flex-start">
      <Text span size="sm">
        {w.outcomes[made.outcome]}
      </Text>
      {made.undone && <Badge leftSection={<IconArrowBackUp size={16} stroke={1.75} />}>{w.wasUndone}</Badge>}
      {made.decision !== null && (
        <Badge color="green" leftSection={<IconCheck size={16} stroke={1.75} />}>
          {w.decided[made.decision.kind]}
        </Badge>
      )}
      {made.objection !== null && made.objection.lifted === null && <Badge leftSection={<IconPhoneOff size={16} stroke={1.75} />}>{w.neverAgain}</Badge>}
      {made.objection?.lifted && (
        <Text size="xs" c="dimmed">
          {w.lifted(made.objection.lifted.reason)}
        </Text>
      )}
      {made.corrections.map((each) => (
        <Text key={each.at} size="xs" c="dimmed">
          {w.correctedFrom(w.outcomes[each.was] ?? each.was, each.reason)}
        </Text>
      ))}
    </Stack>
  );
}

interface Doing {
  made: Call;
  onDone(said: string): Promise<void>;
  onClose(): void;
}

function Correct({ made, onDone, onClose }: Doing) {
  const w = useWords(callsWords);
  const { zone } = useActing();
  const on = useServerForm({
    initial: { outcome: outcomes.find((each) => each !== made.outcome) ?? 'not_now', reason: '', callbackDay: '', callbackTime: '' } as {
      outcome: Call['outcome'];
      reason: string;
      callbackDay: string;
      callbackTime: string;
    },
    async send({ outcome, reason, callbackDay, callbackTime }, key) {
      const time = readTime(callbackTime);
      const callbackAt = outcome === 'call_back' && time !== null && /^\d{4}-\d{2}-\d{2}$/.test(callbackDay) ? instantIn(zone, callbackDay, time) : null;
      await call(correctCall, { params: { call: made.id }, body: { outcome, reason, callbackAt } }, { key });
      await onDone(w.corrected(made.company.name));
    },
  });
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="correct">
      <Title order={2} id="correct">
        {w.correctThis(made.company.name)}
      </Title>
      <FormBody on={on} notSaved={w.notCorrected} save={w.correctSave} onCancel={onClose} opened>
        <NativeSelect {...on.field('outcome')} label={w.correctTo} data={outcomes.filter((each) => each !== made.outcome).map((value) => ({ value, label: w.outcomes[value] ?? value }))} />
        {on.form.getValues().outcome === 'call_back' && (
          <>
            <DayInput {...on.field('callbackDay')} label={w.callbackDay} />
            <TextInput {...on.field('callbackTime')} label={w.callbackTime} maw={120} autoComplete="off" />
          </>
        )}
        <Textarea {...on.field('reason')} label={w.correctReason} autosize minRows={2} maxRows={6} maxLength={500} />
      </FormBody>
    </Stack>
  );
}

/** What a company said to one centre, taken back by that centre’s coordinator. */
function Lift({ made, onDone, onClose }: Doing) {
  const w = useWords(callsWords);
  const on = useServerForm({
    initial: { reason: '' },
    async send({ reason }, key) {
      await call(liftObjection, { params: { call: made.id }, body: { reason } }, { key });
      await onDone(w.liftedNow(made.company.name));
    },
  });
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="lift">
      <Title order={2} id="lift">
        {w.liftThis(made.company.name)}
      </Title>
      <Text>{w.liftText}</Text>
      <FormBody on={on} notSaved={w.notLifted} save={w.liftSave} onCancel={onClose} opened>
        <Textarea {...on.field('reason')} label={w.liftReason} autosize minRows={2} maxRows={6} maxLength={500} />
      </FormBody>
    </Stack>
  );
}

function Decide({ made, onDone, onClose }: Doing) {
  const w = useWords(callsWords);
  const shared = useWords(uiWords);
  const on = useServerForm({
    initial: { what: made.can.requeue ? 'requeue' : 'close', phone: '', note: '' },
    async send({ what, phone, note }, key) {
      await call(decideCall, { params: { call: made.id }, body: { requeue: what === 'requeue', phone: what === 'requeue' ? phone : null, note } }, { key });
      await onDone(w.decidedNow(made.company.name));
    },
  });
  const requeue = on.form.getValues().what === 'requeue';
  return (
    <Stack gap="sm" mb="xl" component="section" aria-labelledby="decide">
      <Title order={2} id="decide">
        {w.decideThis(made.company.name)}
      </Title>
      {made.note !== null && <Text c="var(--vn-ink-2)">{made.note}</Text>}
      <FormBody on={on} notSaved={w.notDecided} save={w.decideSave} onCancel={onClose} opened>
        <Radio.Group label={w.decideWhat} value={on.form.getValues().what} onChange={(what) => on.form.setFieldValue('what', what)}>
          <Stack gap="xs" mt={8}>
            {made.can.requeue && <Radio value="requeue" label={w.requeue} />}
            <Radio value="close" label={w.closeCase} />
          </Stack>
        </Radio.Group>
        {requeue && <TextInput {...on.field('phone')} label={`${w.newPhone} ${shared.optional}`} inputMode="tel" autoComplete="off" maw={240} />}
        <Textarea {...on.field('note')} label={requeue ? `${w.decideNote} ${shared.optional}` : w.decideNote} autosize minRows={2} maxRows={6} maxLength={500} />
      </FormBody>
    </Stack>
  );
}
