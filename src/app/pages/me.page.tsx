import { Badge, Button, Group, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { inLanguage, type Language } from '../../kit/words.ts';
import { OwnLogins } from '../../modules/organisation/institutions/web/own-logins.tsx';
import { OwnPasskeys } from '../../modules/organisation/passkeys/web/own-passkeys.tsx';
import { chooseLanguage, endOtherSessions, endSession, listSessions, wearHat } from '../../modules/organisation/sign-in/contract.ts';
import { useCameBy } from '../../modules/organisation/sign-in/web/public.tsx';
import { roleWords } from '../../modules/organisation/sign-in/words.ts';
import { call } from '../../ui/client.ts';
import { moment } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Page } from '../../ui/layout/page.tsx';
import { ErrorNotice, Loading } from '../../ui/layout/states.tsx';
import { NameLink } from '../../ui/links.tsx';
import { refresh, useRead } from '../../ui/read.ts';
import { leave } from '../web/leave.ts';
import { type SignedIn, useSession } from '../web/session.tsx';
import { shellWords } from '../words.ts';
import classes from './me.module.css';

type Hat = SignedIn['hats'][number];

function Hats() {
  const w = useWords(shellWords);
  const { language } = useLanguage();
  const { hat: worn, hats, centre } = useSession();
  const [refusal, setRefusal] = useState<unknown>(null);
  const roles = inLanguage(roleWords, language);
  const same = (hat: Hat) => hat.schoolId === worn.schoolId && hat.organisationId === worn.organisationId && hat.asCoordinator === worn.asCoordinator;
  // Another hat sees other rows: everything is fetched anew, nothing of the old one stays on screen.
  const wear = ({ schoolId, organisationId, asCoordinator }: Hat) => call(wearHat, { body: { schoolId, organisationId, asCoordinator } }).then(() => location.assign('/'), setRefusal);
  return (
    <section aria-labelledby="hats">
      <Title order={2} id="hats">
        {w.hats}
      </Title>
      {refusal !== null && <ErrorNotice error={refusal} />}
      <ul className={classes.list}>
        {hats.map((hat) => (
          <li key={`${hat.schoolId}${hat.organisationId}${hat.asCoordinator}`}>
            <span className={classes.grow}>
              <b>{hat.roles.map((role) => roles[role]).join(', ')}</b>
              <span>{hat.place ?? centre?.name}</span>
            </span>
            {same(hat) ? (
              <Badge color="fjord" leftSection={<IconCheck size={16} stroke={1.75} />}>
                {w.worn}
              </Badge>
            ) : (
              <Button size="xs" onClick={() => wear(hat)}>
                {w.wear}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {hats.some(({ asCoordinator }) => asCoordinator) && hats.length > 1 && (
        <Text size="sm" c="dimmed" maw="68ch">
          {w.coordinatorHat}
        </Text>
      )}
    </section>
  );
}

function Sessions() {
  const w = useWords(shellWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const cameBy = useCameBy();
  const found = useRead(listSessions, {});
  const [refusal, setRefusal] = useState<unknown>(null);
  const end = (session: string) => call(endSession, { params: { session: session as never } }).then(() => refresh(queries, listSessions), setRefusal);
  return (
    <section aria-labelledby="sessions">
      <Title order={2} id="sessions">
        {w.sessions}
      </Title>
      {refusal !== null && <ErrorNotice error={refusal} />}
      {found.isPending && <Loading lines={2} />}
      {found.isError && <ErrorNotice error={found.error} onRetry={() => found.refetch()} />}
      <ul className={classes.list}>
        {found.data?.map((session) => (
          <li key={session.id}>
            <span className={classes.grow}>
              <b>{session.device === '' ? w.unknownDevice : session.device}</b>
              <span style={{ overflowWrap: 'anywhere' }}>
                {cameBy(session)} · {w.seen(moment(language, session.seenAt))}
              </span>
            </span>
            {session.current ? (
              <Badge color="fjord" leftSection={<IconCheck size={16} stroke={1.75} />}>
                {w.thisOne}
              </Badge>
            ) : (
              <Button size="xs" aria-label={w.endNamed(session.device === '' ? w.unknownDevice : session.device)} onClick={() => end(session.id)}>
                {w.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(found.data?.length ?? 0) > 1 && <Button onClick={() => call(endOtherSessions, {}).then(() => refresh(queries, listSessions), setRefusal)}>{w.endOthers}</Button>}
    </section>
  );
}

/** Oneself: hats, sessions, language, colours, and the way out. */
export function MePage() {
  const w = useWords(shellWords);
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { person, centre } = useSession();
  const speak = (chosen: Language) => {
    choose(chosen);
    call(chooseLanguage, { body: { language: chosen } }).catch(() => undefined); // the screen follows at once; mails follow when the server was reached
  };
  return (
    <Page title={person.name} lead={[person.email, centre?.name].filter(Boolean).join(' · ')} action={<Button onClick={leave}>{w.signOut}</Button>}>
      <Stack gap="xl" maw={640}>
        <Hats />
        <OwnPasskeys email={person.email} />
        <OwnLogins email={person.email} />
        <Sessions />
        {centre !== null && <NameLink to="/keys">{w.keys}</NameLink>}
        <Group gap="xl" align="flex-start">
          <Stack gap="xs" align="flex-start">
            <Title order={2} id="language">
              {w.language}
            </Title>
            <SegmentedControl
              aria-labelledby="language"
              value={language}
              onChange={(value) => speak(value as Language)}
              data={[
                { value: 'da', label: <span lang="da">Dansk</span> },
                { value: 'en', label: <span lang="en">English</span> },
              ]}
            />
          </Stack>
          <Stack gap="xs" align="flex-start">
            <Title order={2} id="colours">
              {w.colours}
            </Title>
            <SegmentedControl
              aria-labelledby="colours"
              value={colorScheme}
              onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
              data={[
                { value: 'light', label: w.light },
                { value: 'dark', label: w.dark },
                { value: 'auto', label: w.asMachine },
              ]}
            />
          </Stack>
        </Group>
      </Stack>
    </Page>
  );
}
