import { Badge, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { capital, longDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { closeRota, giveTurn, listRotas, type Rota } from '../contract.ts';
import { rotaWords } from '../words.ts';
import { RotaForm } from './rota-form.tsx';

type Turn = Rota['turns'][number];

/** Where the consultants take turns, and whose turn it is. */
export function RotasPage() {
  const w = useWords(rotaWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const list = useRows(listRotas, {});
  const [open, setOpen] = useState<'new' | Rota['id'] | null>(null);
  const [giving, setGiving] = useState<{ rota: Rota; turn: Turn } | null>(null);
  const [closing, setClosing] = useState<Rota | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = () => {
    setOpen(null);
    setGiving(null);
    focusTitle();
  };
  const changed = async (said: string) => {
    await refresh(queries, listRotas);
    setDone(said);
    close();
  };
  const adder =
    may('coordinator') && open === null ? (
      <Button variant="filled" leftSection={<IconPlus size={20} stroke={1.75} />} onClick={() => setOpen('new')}>
        {w.add}
      </Button>
    ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} done={done} action={list.data?.length ? adder : undefined}>
      <Stack gap="xl">
        {open === 'new' && (
          <Stack gap="md" component="section" aria-labelledby="add-rota">
            <Title order={2} id="add-rota">
              {w.add}
            </Title>
            <RotaForm rota={null} onDone={changed} onClose={close} />
          </Stack>
        )}
        <ListState list={list} count={list.data?.length ?? 0} empty={open === 'new' ? null : <Empty title={w.emptyTitle} text={w.emptyText} action={adder} />}>
          {list.data?.map((rota) => (
            <Place
              key={rota.id}
              rota={rota}
              quiet={open !== null || giving !== null}
              onEdit={() => setOpen(rota.id)}
              onEnd={() => setClosing(rota)}
              onGive={(turn) => setGiving({ rota, turn })}
              onTaken={() => changed(w.taken)}
            >
              {open === rota.id && <RotaForm rota={rota} onDone={changed} onClose={close} />}
              {giving?.rota.id === rota.id && <Give key={giving.turn.day} rota={rota} turn={giving.turn} onDone={changed} onClose={close} />}
            </Place>
          ))}
        </ListState>
      </Stack>
      {closing !== null && (
        <ConfirmDialog
          opened
          onClose={() => setClosing(null)}
          title={w.closeTitle(closing.name)}
          text={w.closeText}
          yes={w.close}
          run={() => call(closeRota, { params: { rota: closing.id } })}
          onDone={() => changed(w.closed(closing.name))}
        />
      )}
    </Page>
  );
}

interface PlaceProps {
  rota: Rota;
  /** Something is being written: no other form is opened beside it. */
  quiet: boolean;
  onEdit(): void;
  onEnd(): void;
  onGive(turn: Turn): void;
  onTaken(): Promise<void>;
  children: React.ReactNode;
}

function Place({ rota, quiet, onEdit, onEnd, onGive, onTaken, children }: PlaceProps) {
  const w = useWords(rotaWords);
  const { language } = useLanguage();
  const { personId } = useActing();
  const clock = (time: string) => shownTime(language, time);
  const take = (turn: Turn) => call(giveTurn, { params: { rota: rota.id, day: turn.day }, body: { person: personId as Rota['people'][number]['id'] } }, { version: turn.version }).then(onTaken);
  return (
    <Stack component="section" gap="sm" maw={720} aria-labelledby={rota.id}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <div>
          <Title order={2} id={rota.id}>
            {rota.name}
          </Title>
          <Text c="dimmed">{[w.kinds[rota.kind], w.every(w.weekdays[rota.weekday - 1] ?? '', clock(rota.starts), clock(rota.ends)), rota.place].filter(Boolean).join(' · ')}</Text>
        </div>
        {rota.can.edit && !quiet && (
          <Group gap="xs">
            <Button size="xs" onClick={onEdit} aria-label={w.editThis(rota.name)}>
              {w.edit}
            </Button>
            <Button size="xs" variant="subtle" onClick={onEnd} aria-label={w.closeThis(rota.name)}>
              {w.close}
            </Button>
          </Group>
        )}
      </Group>
      {children}
      {rota.turns.length === 0 ? (
        <Text>{w.noTurns}</Text>
      ) : (
        <Rows
          label={rota.name}
          rows={rota.turns}
          keyOf={({ day }) => day}
          name={{ head: w.day, cell: ({ day }) => capital(longDay(language, day)) }}
          columns={[
            {
              head: w.who,
              plain: true,
              width: '45%',
              cell: ({ person: who, mine }) => (who === null ? <Badge color="yellow">{w.nobody}</Badge> : mine ? <Badge color="fjord">{w.mine}</Badge> : who.name),
            },
            {
              head: w.give,
              plain: true,
              width: '10rem',
              cell: (turn) =>
                quiet ? null : turn.can.take ? (
                  <Button size="xs" onClick={() => void take(turn)} aria-label={w.takeThis(longDay(language, turn.day))}>
                    {w.take}
                  </Button>
                ) : turn.can.give ? (
                  <Button size="xs" variant="subtle" onClick={() => onGive(turn)} aria-label={w.giveThis(longDay(language, turn.day))}>
                    {w.give}
                  </Button>
                ) : null,
            },
          ]}
        />
      )}
    </Stack>
  );
}

function Give({ rota, turn, onDone, onClose }: { rota: Rota; turn: Turn; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(rotaWords);
  const { language } = useLanguage();
  const others = rota.people.filter(({ id }) => id !== turn.person?.id);
  const on = useServerForm<{ person: string }, Rota>({
    initial: { person: '' },
    async send({ person }) {
      await call(giveTurn, { params: { rota: rota.id, day: turn.day }, body: { person: person as Rota['people'][number]['id'] } }, { version: turn.version });
      await onDone(w.given(others.find(({ id }) => id === person)?.name ?? ''));
    },
  });
  return (
    <Stack gap="sm" component="section" aria-labelledby="give-turn">
      <Title order={3} id="give-turn">
        {w.giveThis(longDay(language, turn.day))}
      </Title>
      <FormBody on={on} notSaved={w.notGiven} save={w.giveSave} onCancel={onClose} opened>
        <NativeSelect
          {...on.field('person')}
          label={w.giveTo}
          data={[{ value: '', label: w.choose }, ...others.map(({ id, name, school }) => ({ value: String(id), label: [name, school].filter(Boolean).join(', ') }))]}
          maw={320}
        />
      </FormBody>
    </Stack>
  );
}
