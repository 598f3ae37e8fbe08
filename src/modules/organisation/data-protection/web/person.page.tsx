import { Alert, Badge, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconSearch, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import type { Language } from '../../../../kit/words.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call, fetchFile } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { dayOf, listed, shortDay, timeOf } from '../../../../ui/format.ts';
import { JobProgress } from '../../../../ui/job-progress.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { reading, refresh, useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { erasePerson, findPersons, listErasures, lookAtPerson, makePersonFile, readErasure } from '../contract.ts';
import { dataProtectionWords } from '../words.ts';
import { DataProtectionParts } from './public.tsx';

type Match = OutputOf<typeof findPersons>['matches'][number];
type Look = OutputOf<typeof lookAtPerson>;
type Erasure = OutputOf<typeof readErasure>;

/** Search, pick, and then either hand over or erase: two minutes for a request. */
export function PersonDataPage() {
  const all = useWords(dataProtectionWords);
  const w = all.person;
  const [found, setFound] = useState<{ matches: Match[]; more: boolean } | null>(null);
  const [picked, setPicked] = useState<string[]>([]);
  const [look, setLook] = useState<Look | null>(null);
  const [erasure, setErasure] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const again = () => {
    setFound(null);
    setPicked([]);
    setLook(null);
    setErasure(null);
    focusTitle();
  };
  return (
    <Page title={all.title} lead={w.lead} done={done}>
      <DataProtectionParts />
      <Stack gap="xl">
        {erasure !== null ? (
          <Running
            id={erasure}
            onDone={(state) => {
              setDone(state === 'done' ? w.erased : w.failed);
              again();
            }}
          />
        ) : look !== null ? (
          <Kept look={look} refs={picked} onAgain={again} onErasing={setErasure} onSaid={setDone} />
        ) : (
          <>
            <Search
              onFound={(answer) => {
                setDone(null);
                setFound(answer);
                setPicked([]);
              }}
            />
            {found !== null && <Matches found={found} picked={picked} onPick={setPicked} onLook={setLook} />}
          </>
        )}
        <Erasures />
      </Stack>
    </Page>
  );
}

function Search({ onFound }: { onFound(answer: { matches: Match[]; more: boolean }): void }) {
  const w = useWords(dataProtectionWords).person;
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setError(null);
    call(findPersons, { body: { text } })
      .then(onFound, setError)
      .finally(() => setPending(false));
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm" maw={560}>
        <TextInput label={w.label} description={w.help} value={text} onChange={(event) => setText(event.currentTarget.value)} autoComplete="off" />
        <Group>
          <Button type="submit" variant="filled" loading={pending} leftSection={<IconSearch size={20} stroke={1.75} />}>
            {w.search}
          </Button>
        </Group>
        {error !== null && <ErrorNotice error={error} />}
      </Stack>
    </form>
  );
}

function Matches({ found: { matches, more }, picked, onPick, onLook }: { found: { matches: Match[]; more: boolean }; picked: string[]; onPick(refs: string[]): void; onLook(look: Look): void }) {
  const all = useWords(dataProtectionWords);
  const w = all.person;
  const { language } = useLanguage();
  const { zone } = useActing();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (matches.length === 0) return <Empty title={w.none} text={w.noneText} />;
  const see = () => {
    setPending(true);
    setError(null);
    call(lookAtPerson, { body: { refs: picked } })
      .then(onLook, setError)
      .finally(() => setPending(false));
  };
  return (
    <Stack component="section" gap="md" aria-labelledby="found" maw={720}>
      <div>
        <Title order={2} id="found">
          {w.found(matches.length)}
        </Title>
        <Text c="var(--vn-ink-2)">{more ? w.more : w.pick}</Text>
      </div>
      <Group gap="xs">
        <Button size="xs" onClick={() => onPick(picked.length === matches.length ? [] : matches.map(({ ref }) => ref))}>
          {picked.length === matches.length ? w.pickNone : w.pickAll}
        </Button>
      </Group>
      <Ruled>
        {matches.map((match) => (
          <Rule
            key={match.ref}
            action={
              match.id !== null && (
                <Button component={Link} to="/data-protection/access" search={{ about: match.id } as never} size="xs" aria-label={all.access.whoSaw(match.name)}>
                  {all.parts.access}
                </Button>
              )
            }
          >
            <Checkbox
              checked={picked.includes(match.ref)}
              onChange={(event) => onPick(event.currentTarget.checked ? [...picked, match.ref] : picked.filter((each) => each !== match.ref))}
              label={w.pickOne(match.name, all.kinds[match.kind], match.company ?? '')}
              description={[match.email, match.phone, match.at === null ? null : shortDay(language, dayOf(zone, match.at))].filter((each) => each !== null).join(', ')}
              py={4}
            />
          </Rule>
        ))}
      </Ruled>
      {error !== null && <ErrorNotice error={error} />}
      <Group gap="sm">
        <Button variant="filled" loading={pending} disabled={picked.length === 0} onClick={see}>
          {w.see}
        </Button>
        <Text size="sm" c="var(--vn-ink-2)" role="status">
          {w.picked(picked.length)}
        </Text>
      </Group>
    </Stack>
  );
}

function Kept({ look, refs, onAgain, onErasing, onSaid }: { look: Look; refs: string[]; onAgain(): void; onErasing(id: string): void; onSaid(said: string): void }) {
  const all = useWords(dataProtectionWords);
  const w = all.person;
  const { language } = useLanguage();
  const [fileLanguage, setFileLanguage] = useState<Language>(language);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const name = listed(language, look.names);
  const going = look.found.filter(({ erasing }) => erasing !== 'keep').reduce((sum, { rows, mentions }) => sum + rows + mentions, 0);
  const reasons = look.found.flatMap(({ because }) => (because === null ? [] : [because]));
  const makeFile = () => {
    setPending(true);
    setError(null);
    fetchFile(makePersonFile, { body: { refs, language: fileLanguage } })
      .then(() => onSaid(w.fileMade), setError)
      .finally(() => setPending(false));
  };
  return (
    <Stack component="section" gap="lg" aria-labelledby="kept">
      <div>
        <Title order={2} id="kept">
          {w.keptOf(name)}
        </Title>
        <Text c="var(--vn-ink-2)">{[...look.emails, ...look.companies].join(', ')}</Text>
      </div>
      {look.found.length === 0 ? (
        <Text>{w.nothing}</Text>
      ) : (
        <Rows
          label={w.kept}
          rows={look.found}
          keyOf={({ kind }) => kind}
          name={{ head: w.kind, cell: ({ kind }) => all.kinds[kind] }}
          columns={[
            { head: w.rows, cell: ({ rows }) => (rows === 0 ? null : rows) },
            { head: w.mentions, cell: ({ mentions }) => (mentions === 0 ? null : mentions) },
            { head: w.whenErased, cell: ({ erasing, because }) => (because === null ? all.erasing[erasing] : all.because[because]) },
          ]}
        />
      )}
      <Stack gap="sm" maw={560}>
        <Text size="sm" c="var(--vn-ink-2)">
          {w.fileText}
        </Text>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={w.fileLanguage}
            value={fileLanguage}
            onChange={(event) => setFileLanguage(event.currentTarget.value as Language)}
            data={[
              { value: 'da', label: 'Dansk' },
              { value: 'en', label: 'English' },
            ]}
            w={160}
          />
          <Button variant="filled" loading={pending} onClick={makeFile} leftSection={<IconDownload size={20} stroke={1.75} />}>
            {w.file}
          </Button>
        </Group>
        {error !== null && <ErrorNotice error={error} />}
      </Stack>
      {look.erasable ? (
        <Group gap="xs">
          <Button color="red" onClick={() => setSure(true)} leftSection={<IconTrash size={20} stroke={1.75} />}>
            {w.erase}
          </Button>
          <Button onClick={onAgain}>{w.again}</Button>
        </Group>
      ) : (
        <>
          <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.cannot} maw={720}>
            {reasons.map((reason) => all.because[reason]).join(' ')}
          </Alert>
          <Group>
            <Button onClick={onAgain}>{w.again}</Button>
          </Group>
        </>
      )}
      <ConfirmDialog
        title={w.eraseTitle(name)}
        text={`${w.eraseText(going)} ${w.eraseStays}`}
        yes={w.eraseYes}
        opened={sure}
        onClose={() => setSure(false)}
        run={() => call(erasePerson, { body: { refs, sure: true } }).then(({ id }) => setAsked(id))}
        onDone={() => asked !== null && onErasing(asked)}
      />
      {asked !== null && !sure && <Follow id={asked} onErasing={onErasing} />}
    </Stack>
  );
}

/** The dialog closes before the answer's id has reached the page; this takes it on. */
function Follow({ id, onErasing }: { id: string; onErasing(id: string): void }) {
  useEffect(() => onErasing(id), [id, onErasing]);
  return null;
}

function Running({ id, onDone }: { id: string; onDone(state: Erasure['state']): void }) {
  const w = useWords(dataProtectionWords).person;
  const queries = useQueryClient();
  const asked = useQuery({ ...reading(readErasure, { params: { erasure: id } }), refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? 1000 : false) });
  const state = asked.data?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it has ended
  useEffect(() => {
    if (state !== undefined && state !== 'running') refresh(queries, listErasures).then(() => onDone(state));
  }, [state]);
  if (asked.isError) return <ErrorNotice error={asked.error} onRetry={() => asked.refetch()} />;
  return <JobProgress label={w.running} note={w.runningNote} />;
}

function Erasures() {
  const all = useWords(dataProtectionWords);
  const w = all.person;
  const { language } = useLanguage();
  const { zone } = useActing();
  const list = useList(listErasures, { query: {} });
  return (
    <Stack component="section" gap="sm" aria-labelledby="erasures" maw={720}>
      <Title order={2} id="erasures">
        {w.erasures}
      </Title>
      <ListState list={list} count={list.rows.length} empty={<Text c="var(--vn-ink-2)">{w.noErasures}</Text>}>
        <Ruled>
          {list.rows.map((one) => (
            <Rule key={one.id} action={<Badge color={one.state === 'done' ? 'green' : one.state === 'failed' ? 'red' : 'gray'}>{w.states[one.state]}</Badge>}>
              <Text fw={500}>{w.by(one.by, all.access.at(shortDay(language, dayOf(zone, one.at)), timeOf(language, zone, one.at)))}</Text>
              <Text size="sm" c="dimmed">
                {Object.entries(one.counts)
                  .map(([kind, count]) => `${(all.kinds as Record<string, string>)[kind] ?? kind} ${count}`)
                  .join(', ')}
              </Text>
              {Object.entries(one.kept).map(([kind, reason]) => (
                <Text key={kind} size="sm">
                  {`${(all.kinds as Record<string, string>)[kind] ?? kind}: ${all.because[reason]}`}
                </Text>
              ))}
            </Rule>
          ))}
        </Ruled>
      </ListState>
    </Stack>
  );
}
