import { Button, Checkbox, FileButton, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { refresh, useRead } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { CompanySearch } from '../../../companies/register/web/public.tsx';
import { listOwnCandidates, listRounds, type NominationResult, type Nominations, nominateCompanies, nominators, readNominations, withdrawNomination } from '../contract.ts';
import { nominationWords } from '../words.ts';

export function NominationsPage() {
  const w = useWords(nominationWords);
  return (
    <OnlyFor roles={nominators} title={w.title}>
      <Round />
    </OnlyFor>
  );
}

function Round() {
  const w = useWords(nominationWords);
  const { campaign } = useParams({ strict: false }) as { campaign: string };
  const asked = useRead(readNominations, { params: { campaign } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(round) => <Sheet key={round.campaign} round={round} />}
    </FetchedPage>
  );
}

type Way = 'search' | 'own' | 'numbers';
type Send = { companies: string[] } | { numbers: string[] };
const order: NominationResult[] = ['named', 'already', 'not_available', 'full', 'unknown', 'not_a_number'];

function Sheet({ round }: { round: Nominations }) {
  const w = useWords(nominationWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const queries = useQueryClient();
  const [way, setWay] = useState<Way | null>(null);
  const [said, setSaid] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const params = { campaign: round.campaign };
  const open = round.state === 'open';
  const act = async (work: () => Promise<string[]>) => {
    setError(null);
    try {
      setSaid(await work());
    } catch (refused) {
      setError(refused);
    }
    await refresh(queries, readNominations, listRounds, listOwnCandidates);
  };
  const name = (body: Send) =>
    act(async () => {
      const { results } = await call(nominateCompanies, { params, body: body as never });
      return order.flatMap((result) => {
        const count = results.filter((each) => each.result === result).length;
        return count === 0 ? [] : [w.results[result](count)];
      });
    });
  const choices = (
    <Group>
      {(['search', 'own', 'numbers'] as const).map((each) => (
        <Button key={each} variant={each === 'search' ? 'filled' : 'default'} onClick={() => setWay(each)}>
          {w[each]}
        </Button>
      ))}
    </Group>
  );
  return (
    <Page title={round.name} lead={round.goal} path={<PathLink to="/hearings">{w.hearings}</PathLink>}>
      <Stack gap="lg">
        <Stack gap="xs" maw="var(--vn-read)">
          <Text fw={600}>
            {w.quotaHead}: {w.usedOf(round.used, round.quota)}. {open && w.room(round.quota - round.used)}
          </Text>
          <Text>{open ? w.until(dayAndTime(language, zone, round.deadline)) : round.state === 'heard' ? w.overHeard : w.over}</Text>
          <Text c="var(--vn-ink-2)" style={{ overflowWrap: 'anywhere' }}>
            {w.why}: {round.why}
          </Text>
        </Stack>
        <div role="status">
          {said.map((line) => (
            <Text key={line}>{line}</Text>
          ))}
        </div>
        {error !== null && <ErrorNotice error={error} />}
        {open && round.used < round.quota && (way === null ? round.companies.length > 0 && choices : null)}
        {open && way === 'search' && <CompanySearch label={w.add} description={w.addHelp} none={w.addNone} onPick={({ id }) => name({ companies: [id] })} onClose={() => setWay(null)} />}
        {open && way === 'own' && <OwnList campaign={round.campaign} onName={(companies) => name({ companies })} onClose={() => setWay(null)} />}
        {open && way === 'numbers' && <Numbers onName={(numbers) => name({ numbers })} onClose={() => setWay(null)} />}
        <Stack gap="sm" component="section" aria-labelledby="named">
          <Title order={2} id="named">
            {w.named}
          </Title>
          {round.companies.length === 0 ? (
            <Empty title={w.none} text={open ? w.noneText : w.over} action={open && way === null ? choices : undefined} />
          ) : (
            <Rows
              label={w.named}
              rows={round.companies}
              keyOf={({ company }) => company}
              name={{
                head: w.company,
                cell: (each) => (
                  <Wraps least="10rem">
                    <NameLink to={`/companies/${each.company}`}>{each.name}</NameLink>
                  </Wraps>
                ),
              }}
              columns={[
                { head: w.town, plain: true, cell: ({ town }) => town, width: '9rem' },
                { head: w.by, cell: ({ person }) => person, width: '12rem' },
                ...(round.state === 'heard'
                  ? [
                      {
                        head: w.state,
                        plain: true as const,
                        cell: ({ available }: Nominations['companies'][number]) => (available === null ? null : available ? w.available : w.notAvailable),
                        width: '9rem',
                      },
                    ]
                  : []),
                ...(open
                  ? [
                      {
                        head: w.takeBack,
                        plain: true as const,
                        cell: (each: Nominations['companies'][number]) => (
                          <Button
                            variant="subtle"
                            aria-label={w.takeBackThis(each.name)}
                            onClick={() =>
                              act(async () => {
                                await call(withdrawNomination, { params: { ...params, company: each.company } });
                                return [w.tookBack(each.name)];
                              })
                            }
                          >
                            {w.takeBack}
                          </Button>
                        ),
                        width: '9rem',
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Stack>
      </Stack>
    </Page>
  );
}

function OwnList({ campaign, onName, onClose }: { campaign: string; onName(companies: string[]): void; onClose(): void }) {
  const w = useWords(nominationWords);
  const asked = useRead(listOwnCandidates, { params: { campaign } });
  const [chosen, setChosen] = useState<string[]>([]);
  if (asked.data === undefined) return null;
  const here = chosen.filter((id) => asked.data.some(({ company, available }) => company === id && available));
  return (
    <Stack gap="xs" maw={560} align="flex-start">
      {asked.data.length === 0 && <Text>{w.ownNone}</Text>}
      <Checkbox.Group value={here} onChange={setChosen} label={w.own}>
        <Stack gap="xs" mt={6}>
          {asked.data.map(({ company, name, town, note, available }) => (
            <Checkbox key={company} value={company} disabled={!available} label={[name, town].filter(Boolean).join(', ')} description={available ? note : w.notAvailable} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group>
        <Button
          disabled={here.length === 0}
          onClick={() => {
            setChosen([]);
            onName(here);
          }}
        >
          {w.ownName(here.length)}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {w.close}
        </Button>
      </Group>
    </Stack>
  );
}

/** Eight digits, perhaps with spaces or DK in front, wherever a line has them; a line without any is handed over as it is. */
const numbersIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .filter((line) => /\d/.test(line))
    .map((line) => /(?:DK[ -]?)?\b\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2}\b/i.exec(line)?.[0] ?? line.trim().slice(0, 30))
    .slice(0, 2000);

function Numbers({ onName, onClose }: { onName(numbers: string[]): void; onClose(): void }) {
  const w = useWords(nominationWords);
  const [text, setText] = useState('');
  const [none, setNone] = useState(false);
  return (
    <Stack gap="xs" maw={480} align="flex-start">
      <Textarea
        label={w.numbersField}
        description={w.numbersHelp}
        value={text}
        error={none ? w.numbersNone : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setNone(false);
        }}
        autosize
        minRows={4}
        maxRows={12}
        w="100%"
      />
      <Group>
        <Button
          onClick={() => {
            const numbers = numbersIn(text);
            setNone(numbers.length === 0);
            if (numbers.length === 0) return;
            setText('');
            onName(numbers);
          }}
        >
          {w.numbersSend}
        </Button>
        <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => void file?.slice(0, 1_000_000).text().then(setText)}>
          {(props) => <Button {...props}>{w.numbersFile}</Button>}
        </FileButton>
        <Button variant="subtle" onClick={onClose}>
          {w.close}
        </Button>
      </Group>
    </Stack>
  );
}
