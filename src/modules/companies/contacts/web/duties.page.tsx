import { Badge, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconClock, IconHandStop, IconMail } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { DayInput } from '../../../../ui/day-input.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useList } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { DataProtectionParts } from '../../../organisation/data-protection/web/public.tsx';
import { liftContactObjection, listContactDuties, reviewContacts, tellContacts } from '../contract.ts';
import { contactDutiesWords, contactsWords } from '../words.ts';

type Duty = OutputOf<typeof listContactDuties>['items'][number];
const duties = ['untold', 'review', 'objected'] as const;
const otherwise = ['phone', 'letter', 'in_person'] as const;

/** What the centre owes people whose names it keeps: to tell them, to ask whether the name is still needed, and to leave them alone. */
export function ContactDutiesPage() {
  const all = useWords(contactsWords);
  const w = useWords(contactDutiesWords);
  const { language } = useLanguage();
  const filters = useFilters({ duty: duties });
  const duty = filters.on.duty ?? 'untold';
  const list = useList(listContactDuties, { query: { duty } });
  const queries = useQueryClient();
  const [picked, setPicked] = useState<string[]>([]);
  const [lifting, setLifting] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const said = async (text: string) => {
    setPicked([]);
    setLifting(null);
    setDone(text);
    await refresh(queries, listContactDuties);
    focusTitle();
  };
  const here = picked.filter((id) => list.rows.some((row) => row.id === id));
  return (
    <Page title={w.title} lead={w.lead} done={done}>
      <DataProtectionParts />
      <Filters filters={{ active: false, clear: filters.clear }}>
        <ChoiceFilter
          label={w.which}
          all={w.untold}
          choices={[
            { value: 'review', label: w.review },
            { value: 'objected', label: w.objected },
          ]}
          value={duty === 'untold' ? '' : duty}
          onChange={(value) => {
            setPicked([]);
            setDone(null);
            filters.set('duty', value);
          }}
        />
      </Filters>
      <ListState list={list} count={list.rows.length} empty={<Empty title={w.none[duty]} />}>
        <Stack gap="md" maw={820}>
          {duty !== 'objected' && (
            <>
              <Group gap="sm">
                <Button size="xs" onClick={() => setPicked(here.length === list.rows.length ? [] : list.rows.map(({ id }) => id))}>
                  {here.length === list.rows.length ? w.pickNone : w.pickAll}
                </Button>
                <Text size="sm" c="var(--vn-ink-2)" role="status">
                  {w.picked(here.length)}
                </Text>
              </Group>
              {duty === 'untold' ? <Tell contacts={here} onDone={said} /> : <Review contacts={here} onDone={said} />}
            </>
          )}
          <Ruled>
            {list.rows.map((row) => (
              <Rule
                key={row.id}
                action={
                  duty === 'objected' &&
                  lifting !== row.id && (
                    <Button size="xs" onClick={() => setLifting(row.id)} aria-label={all.liftThis(row.name)}>
                      {all.lift}
                    </Button>
                  )
                }
              >
                {duty === 'objected' ? (
                  <Text fw={500}>{`${row.name}, ${row.company}`}</Text>
                ) : (
                  <Checkbox
                    checked={here.includes(row.id)}
                    onChange={(event) => setPicked(event.currentTarget.checked ? [...here, row.id] : here.filter((id) => id !== row.id))}
                    aria-label={w.pick(row.name)}
                    label={`${row.name}, ${row.company}`}
                    py={4}
                  />
                )}
                <Text size="sm" c="dimmed">
                  {[`${w.since} ${shortDay(language, row.since)}`, all.basisAndSource(all.bases[row.basis], row.source), `${w.reviewOn} ${shortDay(language, row.reviewOn)}`, row.reason]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                <Group gap="xs">
                  {row.late && (
                    <Badge color="yellow" leftSection={<IconClock size={16} stroke={1.75} />}>
                      {w.late}
                    </Badge>
                  )}
                  {row.objected && duty !== 'objected' && (
                    <Badge color="gray" leftSection={<IconHandStop size={16} stroke={1.75} />}>
                      {all.objected}
                    </Badge>
                  )}
                  {duty === 'untold' && !row.hasEmail && <Badge color="gray">{w.noEmail}</Badge>}
                </Group>
                {lifting === row.id && <Lift row={row} onDone={said} onClose={() => setLifting(null)} />}
              </Rule>
            ))}
          </Ruled>
        </Stack>
      </ListState>
    </Page>
  );
}

function Tell({ contacts, onDone }: { contacts: string[]; onDone(said: string): Promise<void> }) {
  const w = useWords(contactDutiesWords);
  const [pending, setPending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const tell = (how: 'mail' | (typeof otherwise)[number]) => {
    setPending(how);
    setError(null);
    call(tellContacts, { body: { contacts: contacts.slice(0, 200), how } })
      .then(({ told, withoutAddress }) => onDone(w.told(told, withoutAddress)), setError)
      .finally(() => setPending(null));
  };
  return (
    <>
      <Group gap="xs">
        <Button variant="filled" disabled={contacts.length === 0} loading={pending === 'mail'} onClick={() => tell('mail')} leftSection={<IconMail size={20} stroke={1.75} />}>
          {w.mail}
        </Button>
        {otherwise.map((how) => (
          <Button key={how} disabled={contacts.length === 0} loading={pending === how} onClick={() => tell(how)}>
            {w.otherwise[how]}
          </Button>
        ))}
      </Group>
      {error !== null && <ErrorNotice error={error} />}
    </>
  );
}

/** Two years on, as when somebody is written down. */
const yearsOn = 730;

function Review({ contacts, onDone }: { contacts: string[]; onDone(said: string): Promise<void> }) {
  const w = useWords(contactDutiesWords);
  const shared = useWords(uiWords);
  const { today } = useActing();
  const on = useServerForm({
    initial: { reviewOn: shiftDay(today, yearsOn) },
    sentences: { reviewOn_format: shared.dayUnread },
    async send({ reviewOn }, key) {
      if (contacts.length === 0) return;
      const { reviewed } = await call(reviewContacts, { body: { contacts: contacts.slice(0, 200), reviewOn } }, { key });
      await onDone(w.reviewed(reviewed));
    },
  });
  return (
    <FormBody on={on} notSaved={w.notReviewed} save={w.stillNeeded}>
      <DayInput {...on.field('reviewOn')} label={w.until} />
    </FormBody>
  );
}

function Lift({ row, onDone, onClose }: { row: Duty; onDone(said: string): Promise<void>; onClose(): void }) {
  const all = useWords(contactsWords);
  const on = useServerForm({
    initial: { because: '' },
    async send(body, key) {
      await call(liftContactObjection, { params: { company: row.companyId, contact: row.id }, body }, { key });
      await onDone(all.liftDone(row.name));
    },
  });
  return (
    <FormBody on={on} notSaved={all.notLifted} save={all.liftSave} onCancel={onClose} quiet opened>
      <TextInput {...on.field('because')} label={all.liftBecause} description={all.liftHelp} autoComplete="off" />
    </FormBody>
  );
}
