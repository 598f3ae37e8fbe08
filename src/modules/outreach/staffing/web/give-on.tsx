import { Alert, Button, Group, NativeSelect, Radio, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { dayOf, languageName, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { saying } from '../../../../ui/layout/page.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { refresh, useRead } from '../../../../ui/read.ts';
import { type Brief, givenBecause } from '../../meetings/contract.ts';
import { type Candidate, giveMeeting, listCandidates } from '../contract.ts';
import { staffingWords } from '../words.ts';

interface Props {
  meeting: Brief;
  /** Who was thought of already. */
  to: string | null;
  onClose(): void;
  onDone(said: string): unknown;
}

/** Another consultant instead of whoever leads: who can, what each has in common with the company, and why it changes (rows 2.18, 2.19). */
export function GiveOn({ meeting, to, onClose, onDone }: Props) {
  const w = useWords(staffingWords);
  const asked = useRead(listCandidates, { params: { meeting: meeting.id } });
  return (
    <Stack gap="md" component="section" aria-labelledby="give-on" maw={640}>
      <div>
        <Title order={2} id="give-on">
          {w.giveOn}
        </Title>
        <Text>{w.giveLead}</Text>
      </div>
      {asked.isPending && <Loading lines={4} />}
      {asked.isError && <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data !== undefined && <Choice meeting={meeting} to={to} candidates={asked.data} onClose={onClose} onDone={onDone} />}
    </Stack>
  );
}

function Choice({ meeting, to, candidates, onClose, onDone }: Props & { candidates: readonly Candidate[] }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [person, setPerson] = useState<string | null>(to);
  const [because, setBecause] = useState<(typeof givenBecause)[number]>(meeting.leaderless ? 'left' : 'illness');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const able = candidates.filter(({ hindered }) => hindered === null);
  const others = candidates.filter(({ hindered }) => hindered !== null);
  const chosen = able.find(({ id }) => id === person);
  const spoken = languageName(language, meeting.contact.language);
  const facts = (each: Candidate) =>
    [
      each.knowsTrade ? w.knowsTrade : null,
      each.products.length > 0 ? w.offers(each.products) : null,
      each.speaks === null ? null : each.speaks ? w.speaks(spoken) : w.speaksNot(spoken),
      each.goesThere ? null : w.notThere,
      each.outsideHours ? w.outsideHours : null,
      w.travel(each.travelMinutes),
    ]
      .filter((part) => part !== null)
      .join(' · ');
  const give = () => {
    if (chosen === undefined || pending) return;
    setPending(true);
    call(giveMeeting, { params: { meeting: meeting.id }, body: { person: chosen.id, because } }, { version: meeting.version })
      .then(
        (left) => (left === null ? navigate({ to: '/meetings', state: saying(w.given) }) : onDone(w.given)),
        (refused: unknown) => {
          setError(refused);
          return refresh(queries, listCandidates); // who could a moment ago may not now
        },
      )
      .finally(() => setPending(false));
  };
  return (
    <Stack gap="md">
      {error !== null && (
        <Stack gap="xs">
          <Text fw={500}>{w.notGiven}</Text>
          <ErrorNotice error={error} />
        </Stack>
      )}
      {able.length === 0 ? (
        <div>
          <Text fw={500}>{w.nobody}</Text>
          <Text size="sm">{w.nobodyHelp}</Text>
        </div>
      ) : (
        <>
          <Radio.Group label={w.who} value={person} onChange={setPerson}>
            <Stack gap="sm" mt={8}>
              {able.map((each) => (
                <Radio key={each.id} value={each.id} label={[each.name, each.school].filter(Boolean).join(', ')} description={facts(each)} />
              ))}
            </Stack>
          </Radio.Group>
          <div role="status">
            {chosen?.nothingInCommon && (
              <Alert color="yellow" role="none" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.nothingInCommon(chosen.name)}>
                <Text size="sm">{w.nothingHelp}</Text>
              </Alert>
            )}
            {chosen?.outsideHours && <Text size="sm">{w.outsideTitle(chosen.name)}</Text>}
          </div>
          <NativeSelect
            label={w.because}
            maw={320}
            value={because}
            onChange={(event) => setBecause(event.currentTarget.value as typeof because)}
            data={givenBecause.map((value) => ({ value, label: w.reasons[value] }))}
          />
        </>
      )}
      {others.length > 0 && (
        <div>
          <Text size="sm" c="dimmed">
            {w.others}
          </Text>
          <Text size="sm">{others.map(({ name, hindered }) => `${name} (${hindered === null ? '' : w.hindered[hindered]})`).join(', ')}</Text>
        </div>
      )}
      <Group gap="xs">
        {able.length > 0 && (
          <Button variant="filled" loading={pending} disabled={chosen === undefined} onClick={give}>
            {w.save}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {w.keep}
        </Button>
      </Group>
    </Stack>
  );
}

/** Says that whoever was to go has left; nothing where somebody goes. */
export function Leaderless({ meeting }: { meeting: Brief }) {
  const w = useWords(staffingWords);
  if (!meeting.leaderless) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.leaderless}>
      <Text size="sm">{w.leaderlessText}</Text>
    </Alert>
  );
}

/** Who led before, and why that changed. */
export function GivenBefore({ meeting }: { meeting: Brief }) {
  const w = useWords(staffingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  return meeting.given.map((each) => (
    <Text key={each.at} size="sm" c="dimmed">
      {w.before(each.was ?? w.somebody, w.reasons[each.because].toLowerCase(), shortDay(language, dayOf(zone, each.at)))}
    </Text>
  ));
}
