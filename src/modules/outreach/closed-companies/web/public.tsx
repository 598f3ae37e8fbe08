import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconArrowRight, IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { ConfirmDialog } from '../../../../ui/confirm.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead, useRows } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listCompanies, readCompany } from '../../../companies/register/contract.ts';
import { type Closing, confirmClosed, listClosed, mergeCompany, readClosing } from '../contract.ts';
import { closedCompaniesWords } from '../words.ts';
import { useOpenParts } from './open-parts.tsx';

/** On Today: closed companies at which something of one's own still waits; nothing while there is none. */
export function ClosedCompanies() {
  const w = useWords(closedCompaniesWords);
  const count = useRead(listClosed, {}).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.todayTitle(count)}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{w.todayText}</Text>
        <Button component={Link} to="/closed-companies" size="xs">
          {w.see}
        </Button>
      </Group>
    </Alert>
  );
}

/** On a company's page: that it has closed or gone on in another one, and what is to be done then; and which ones go on in this one. */
export function ClosingNotice({ company }: { company: string }) {
  const closing = useRead(readClosing, { params: { company } }).data;
  const about = useRead(readCompany, { params: { company } }).data;
  if (closing === undefined || about === undefined) return null;
  return (
    <>
      {(closing.ceased || closing.successor !== null || (closing.can.merge && about.status === 'dissolving')) && <Closed key={closing.version} company={company} name={about.name} closing={closing} />}
      {closing.cameFrom.length > 0 && <CameFrom companies={closing.cameFrom} />}
    </>
  );
}

function CameFrom({ companies }: { companies: Closing['cameFrom'] }) {
  const w = useWords(closedCompaniesWords);
  return (
    <Alert color="gray" icon={<IconInfoCircle size={20} stroke={1.75} />} title={w.continues}>
      <Stack gap={4} align="flex-start">
        {companies.map(({ id, name }) => (
          <NameLink key={id} to={`/companies/${id}`}>
            {name}
          </NameLink>
        ))}
        <Text size="sm">{w.continuesText}</Text>
      </Stack>
    </Alert>
  );
}

function Closed({ company, name, closing }: { company: string; name: string; closing: Closing }) {
  const w = useWords(closedCompaniesWords);
  const { language } = useLanguage();
  const queries = useQueryClient();
  const [confirming, setConfirming] = useState(false);
  const [merging, setMerging] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const parts = useOpenParts()(closing.open);
  // Much of the page has changed: contact person, tasks, meetings.
  const changed = async (said: string) => {
    setMerging(false);
    setDone(said);
    await queries.invalidateQueries();
  };
  return (
    <Stack gap="md">
      <Alert
        color={closing.successor !== null ? 'gray' : 'yellow'}
        icon={<IconAlertTriangle size={20} stroke={1.75} />}
        title={closing.ceased ? w.ceased(closing.endedOn === null ? null : shortDay(language, closing.endedOn)) : w.wentOn}
      >
        <Stack gap="xs" align="flex-start">
          <div role="status">{done !== null && <Text size="sm">{done}</Text>}</div>
          {closing.ceased && closing.statusText !== null && <Text size="sm">{w.register(closing.statusText)}</Text>}
          {closing.successor !== null && <NameLink to={`/companies/${closing.successor.id}`}>{w.wentOnIn(closing.successor.name)}</NameLink>}
          {(closing.ceased || closing.successor !== null) && parts.length > 0 && <Text size="sm">{w.waits(parts)}</Text>}
          {!merging && (
            <Group gap="xs">
              {closing.can.confirm && <Button onClick={() => setConfirming(true)}>{w.confirm}</Button>}
              {closing.can.merge && (
                <Button leftSection={<IconArrowRight size={20} stroke={1.75} />} onClick={() => setMerging(true)}>
                  {w.merge}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </Alert>
      {merging && <Merge company={company} name={name} version={closing.version} onDone={changed} onClose={() => setMerging(false)} />}
      <ConfirmDialog
        opened={confirming}
        onClose={() => setConfirming(false)}
        title={w.confirmTitle(name)}
        text={w.confirmText}
        yes={w.confirmYes}
        run={() => call(confirmClosed, { params: { company: company as never }, body: {} }, { version: closing.version })}
        onDone={() => changed(w.confirmed)}
      />
    </Stack>
  );
}

/** Which company of the centre it goes on in. */
function Merge({ company, name, version, onDone, onClose }: { company: string; name: string; version: number; onDone(said: string): Promise<void>; onClose(): void }) {
  const w = useWords(closedCompaniesWords);
  const shared = useWords(uiWords);
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 300);
  const found = useRows(listCompanies, { query: { search: asked, limit: 8 } });
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(null);
  const companies = asked === '' ? [] : (found.data?.items ?? []).filter(({ id }) => id !== company);
  return (
    <Stack gap="xs" maw={480} component="section" aria-labelledby="goes-on">
      <Title order={2} id="goes-on">
        {w.mergeTitle}
      </Title>
      <Text size="sm">{w.mergeText}</Text>
      <TextInput label={w.search} value={search} onChange={(event) => setSearch(event.currentTarget.value)} autoComplete="off" />
      {asked !== '' && found.data !== undefined && companies.length === 0 && (
        <Text size="sm" c="dimmed">
          {w.none}
        </Text>
      )}
      {companies.map((each) => (
        <Button key={each.id} justify="flex-start" onClick={() => setChosen(each)} styles={{ label: { whiteSpace: 'normal', textAlign: 'left', height: 'auto' } }} h="auto" mih={44} py={8}>
          {sideBySide([each.name, each.town ?? '', each.cvr].filter((part) => part !== ''))}
        </Button>
      ))}
      <Button variant="subtle" style={{ alignSelf: 'flex-start' }} onClick={onClose}>
        {shared.cancel}
      </Button>
      <ConfirmDialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={w.mergeSure(name, chosen?.name ?? '')}
        text={w.mergeText}
        yes={w.mergeYes}
        run={() => call(mergeCompany, { params: { company: company as never }, body: { successor: (chosen?.id ?? '') as never } }, { version })}
        onDone={() => onDone(w.merged(chosen?.name ?? ''))}
      />
    </Stack>
  );
}
