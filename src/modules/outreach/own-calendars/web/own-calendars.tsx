import { Alert, Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCalendarPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v4 } from 'uuid';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { reading, refresh } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { type CalendarLink, chooseCalendars, linkCalendar, readCalendarNow, readCalendars, removeCalendar } from '../contract.ts';
import { ownCalendarsWords } from '../words.ts';

type Kind = CalendarLink['kind'];

/** The calendars outside that one has joined: how they are, which of them count, and the ways to join more. */
export function OwnCalendars({ person, onDone }: { person: string; onDone(said: string): void }) {
  const w = useWords(ownCalendarsWords);
  const queries = useQueryClient();
  const [joining, setJoining] = useState<Kind | null>(null);
  // What somebody just asked for is read in the background: look again a few times, and for as long as something was never read.
  const looks = useRef(0);
  const asked = useQuery({
    ...reading(readCalendars, { params: { person } }),
    refetchInterval: (query) => {
      if (looks.current > 0) looks.current -= 1;
      return looks.current > 0 || query.state.data?.links.some(({ state }) => state === 'waiting') ? 1500 : false;
    },
  });
  const changed = async (said: string | null) => {
    looks.current = 8;
    await refresh(queries, readCalendars);
    if (said !== null) onDone(said);
  };
  return (
    <Stack gap="xs" component="section" aria-labelledby="own-calendars" align="stretch">
      <Title order={2} size="h3" id="own-calendars">
        {w.title}
      </Title>
      <Text size="sm" c="dimmed">
        {w.lead}
      </Text>
      {asked.error !== null && <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data === undefined && asked.error === null && <Loading lines={2} />}
      {asked.data !== undefined && asked.data.links.length === 0 && joining === null && <Text>{w.none}</Text>}
      {asked.data !== undefined && asked.data.links.length > 0 && (
        <Ruled>
          {asked.data.links.map((link) => (
            <Rule key={link.id}>
              <OneLink person={person} link={link} onChanged={changed} />
            </Rule>
          ))}
        </Ruled>
      )}
      {joining === null ? (
        <Group gap="xs">
          <Button leftSection={<IconCalendarPlus size={20} stroke={1.75} />} onClick={() => setJoining('address')}>
            {w.addAddress}
          </Button>
          <Button onClick={() => setJoining('account')}>{w.addAccount}</Button>
        </Group>
      ) : (
        <AccessForm
          key={joining}
          person={person}
          kind={joining}
          link={null}
          onClose={() => setJoining(null)}
          onSaved={async () => {
            setJoining(null);
            await changed(w.joined);
          }}
        />
      )}
    </Stack>
  );
}

/** What a calendar's state means to its owner, and what to do. */
function LinkState({ link }: { link: CalendarLink }) {
  const w = useWords(ownCalendarsWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const when = (at: string | null) => (at === null ? '' : dayAndTime(language, zone, at));
  if (link.problem !== null)
    return (
      <Alert color={link.state === 'broken' ? 'red' : 'yellow'} icon={<IconAlertTriangle size={20} stroke={1.75} />} py="xs">
        <Text size="sm">{w.problems[link.problem]}</Text>
        {link.state === 'failing' && <Text size="sm">{w.failing(when(link.failingSince))}</Text>}
      </Alert>
    );
  const busy = link.calendars.filter((each) => each.busy);
  const written = link.calendars.find(({ writes }) => writes);
  return (
    <>
      {link.kind === 'account' && busy.length > 0 && <Text size="sm">{sideBySide(busy.map(({ name }) => name))}</Text>}
      <Text size="sm" c={link.state === 'choose' ? undefined : 'dimmed'}>
        {link.state === 'waiting' ? w.waiting : link.state === 'choose' ? w.choose : w.good(when(link.readAt), link.times)}
      </Text>
      {written !== undefined && (
        <Text size="sm" c="dimmed">
          {w.written(written.name)}
        </Text>
      )}
    </>
  );
}

function OneLink({ person, link, onChanged }: { person: string; link: CalendarLink; onChanged(said: string | null): Promise<void> }) {
  const w = useWords(ownCalendarsWords);
  const [open, setOpen] = useState<'access' | 'choice' | 'remove' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const name = link.user === null ? link.host : w.account(link.user, link.host);
  const params = { person, calendar: link.id };
  const close = () => setOpen(null);
  const saved = (said: string) => async () => {
    close();
    await onChanged(said);
  };
  return (
    <Stack gap="xs" align="stretch">
      <Text fw={500}>{name}</Text>
      <LinkState link={link} />
      {error !== null && <ErrorNotice error={error} />}
      {open === 'access' && <AccessForm person={person} kind={link.kind} link={link} onClose={close} onSaved={saved(w.joined)} />}
      {open === 'choice' && <ChoiceForm key={link.version} person={person} link={link} onClose={close} onSaved={saved(w.choiceSaved)} />}
      {open !== 'access' && open !== 'choice' && (
        <Group gap="xs">
          {link.kind === 'account' && link.calendars.length > 0 && (
            <Button size="xs" variant={link.state === 'choose' ? 'filled' : 'default'} aria-label={w.chooseNamed(name)} onClick={() => setOpen('choice')}>
              {w.chooseShort}
            </Button>
          )}
          <Button
            size="xs"
            aria-label={w.readNowNamed(name)}
            onClick={() => {
              setError(null);
              call(readCalendarNow, { params }).then(() => onChanged(null), setError);
            }}
          >
            {w.readNow}
          </Button>
          <Button size="xs" variant="subtle" aria-label={w.changeNamed(name)} onClick={() => setOpen('access')}>
            {w.change}
          </Button>
          <Button size="xs" variant="subtle" aria-label={w.removeNamed(name)} onClick={() => setOpen('remove')}>
            {w.remove}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        title={w.reallyRemove(name)}
        text={w.removeText}
        yes={w.remove}
        opened={open === 'remove'}
        onClose={close}
        run={() => call(removeCalendar, { params })}
        onDone={() => onChanged(w.left)}
      />
    </Stack>
  );
}

interface AccessProps {
  person: string;
  kind: Kind;
  /** Null joins a new one. */
  link: CalendarLink | null;
  onClose(): void;
  onSaved(): Promise<void>;
}

/** Where a calendar is, or an account with its password; none of it is ever shown again. */
function AccessForm({ person, kind, link, onClose, onSaved }: AccessProps) {
  const w = useWords(ownCalendarsWords);
  const [id] = useState(() => link?.id ?? v4());
  const on = useServerForm({
    initial: { address: '', server: link?.server ?? '', user: link?.user ?? '', password: '' },
    async send({ address, server, user, password }) {
      // The id is made here: an answer lost on the way joins no second one.
      await call(linkCalendar, { params: { person, calendar: id }, body: kind === 'address' ? { address } : { server, user, password } });
      await onSaved();
    },
  });
  return (
    <FormBody on={on} notSaved={link === null ? w.notJoined : w.accessNotSaved} save={link !== null ? w.saveAccess : kind === 'address' ? w.subscribe : w.connect} onCancel={onClose} quiet opened>
      {kind === 'address' ? (
        <TextInput {...on.field('address')} label={w.addressLabel} description={w.addressHelp} autoComplete="off" inputMode="url" spellCheck={false} />
      ) : (
        <>
          <TextInput {...on.field('server')} label={w.server} description={w.accountHelp} autoComplete="off" inputMode="url" spellCheck={false} />
          <TextInput {...on.field('user')} label={w.user} autoComplete="off" spellCheck={false} autoCapitalize="none" />
          <PasswordInput {...on.field('password')} label={w.password} autoComplete="new-password" />
        </>
      )}
    </FormBody>
  );
}

function ChoiceForm({ person, link, onClose, onSaved }: Omit<AccessProps, 'kind' | 'link'> & { link: CalendarLink }) {
  const w = useWords(ownCalendarsWords);
  const valuesOf = ({ calendars }: CalendarLink) => ({
    busy: calendars.filter(({ busy }) => busy).map(({ id }): string => id),
    writes: calendars.find(({ writes }) => writes)?.id ?? ('' as string),
  });
  const nameOf = (of: string) => link.calendars.find(({ id }) => id === of)?.name ?? '';
  const on = useServerForm({
    initial: valuesOf(link),
    edits: { seen: link, valuesOf },
    async send({ busy, writes }, _key, version) {
      await call(chooseCalendars, { params: { person, calendar: link.id }, body: { busy: [...busy], writes: writes === '' ? null : writes } }, { version });
      await onSaved();
    },
  });
  return (
    <FormBody
      on={on}
      notSaved={w.choiceNotSaved}
      save={w.saveChoice}
      onCancel={onClose}
      quiet
      opened
      inWords={({ busy, writes }) => [
        { label: w.busyIn, text: sideBySide(busy.map(nameOf)) },
        { label: w.writeInto, text: writes === '' ? w.writeNowhere : nameOf(writes) },
      ]}
    >
      <Checkbox.Group {...on.field('busy')} label={w.busyIn}>
        <Stack gap="xs" mt="xs">
          {link.calendars.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect {...on.field('writes')} label={w.writeInto} data={[{ value: '', label: w.writeNowhere }, ...link.calendars.map(({ id, name }) => ({ value: id, label: name }))]} />
    </FormBody>
  );
}
