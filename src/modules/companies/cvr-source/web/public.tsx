import { Button, Checkbox, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { useEditing } from '../../../../ui/editing.tsx';
import { isBusy } from '../../../../ui/file-import/state.tsx';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { listed, longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { reading, refresh, useRead } from '../../../../ui/read.ts';
import { listImports, readImport } from '../../imports/contract.ts';
import { useImportFaults } from '../../imports/web/public.tsx';
import { listCompanies, readCompany } from '../../register/contract.ts';
import { type CvrSource, fetchArea, fetchCompany, readCvrSource, writeCvrUpdate } from '../contract.ts';
import { areaSizes } from '../model.ts';
import { cvrSourceWords } from '../words.ts';

/** On the page of imports: the centre's area out of CVR itself, now or by plan. */
export function CvrUpdates() {
  const w = useWords(cvrSourceWords);
  const asked = useRead(readCvrSource, {});
  if (asked.data === undefined) return null;
  return (
    <Stack gap="md" component="section" aria-labelledby="cvr" align="flex-start">
      <Title order={2} id="cvr">
        {w.title}
      </Title>
      {asked.data.on ? asked.data.area.length === 0 ? <Text c="var(--vn-ink-2)">{w.noArea}</Text> : <Area source={asked.data} /> : <Text c="var(--vn-ink-2)">{w.off}</Text>}
    </Stack>
  );
}

function Area({ source }: { source: CvrSource }) {
  const w = useWords(cvrSourceWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { editing, setEditing, done, close } = useEditing();
  const start = async () => {
    setPending(true);
    setError(null);
    try {
      const begun = await call(fetchArea, {});
      await refresh(queries, listImports, readCvrSource);
      await navigate({ to: `/imports/${begun.id}` as never });
    } catch (refused) {
      setError(refused);
      setPending(false);
    }
  };
  return (
    <>
      <Text maw="var(--vn-read)">{w.lead(listed(language, source.area))}</Text>
      {error !== null && <ErrorNotice error={error} />}
      {editing ? (
        <Plan source={source} onClose={close} />
      ) : (
        <>
          <Text>
            {w.every}: {w.everies[source.every].toLowerCase()}. {source.nextOn === null ? '' : w.next(longDay(language, source.nextOn))}
          </Text>
          <Text role="status" size="sm">
            {done}
          </Text>
          <Group>
            {source.underWay === null ? (
              <Button loading={pending} leftSection={<IconCloudDownload size={20} stroke={1.75} />} onClick={start}>
                {w.now}
              </Button>
            ) : (
              <NameLink to={`/imports/${source.underWay}`}>{w.seeUnderWay}</NameLink>
            )}
            <Button variant="subtle" onClick={() => setEditing(true)}>
              {w.change}
            </Button>
          </Group>
        </>
      )}
    </>
  );
}

const valuesOf = ({ every, sizes }: CvrSource) => ({ every, sizes });

function Plan({ source, onClose }: { source: CvrSource; onClose(said: string | null): void }) {
  const w = useWords(cvrSourceWords);
  const queries = useQueryClient();
  const on = useServerForm<ReturnType<typeof valuesOf>, CvrSource>({
    initial: valuesOf(source),
    edits: { seen: source, valuesOf },
    async send(body, key, version) {
      await call(writeCvrUpdate, { body }, { key, version });
      await refresh(queries, readCvrSource);
      onClose(w.saved);
    },
  });
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save} onCancel={() => onClose(null)} quiet>
      <NativeSelect {...on.field('every')} label={w.every} description={w.everyHelp} data={(['never', 'week', 'month'] as const).map((value) => ({ value, label: w.everies[value] }))} maw={320} />
      <Checkbox.Group {...on.field('sizes')} label={w.sizes}>
        <Stack gap="xs" mt={6}>
          {areaSizes.map((value) => (
            <Checkbox key={value} value={value} label={w.sizeNames[value]} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormBody>
  );
}

/**
 * Fetches one company from CVR, for whoever keeps the register, where this installation can.
 * @param number as people write it; null where the form has none that is one
 * @param onDone told the company's id once its facts are written
 */
export function FetchCompany({ number, onDone }: { number: string | null; onDone?: (company: string) => void }) {
  const { may } = useActing();
  const source = useRead(readCvrSource, {}, { enabled: may('register') });
  return source.data?.on === true ? <Fetch number={number} onDone={onDone} /> : null;
}

function Fetch({ number, onDone }: { number: string | null; onDone: ((company: string) => void) | undefined }) {
  const w = useWords(cvrSourceWords);
  const faults = useImportFaults();
  const queries = useQueryClient();
  const [begun, setBegun] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useQuery({
    ...reading(readImport, { params: { import: begun ?? '' } }),
    enabled: begun !== null,
    refetchInterval: ({ state }) => (state.data === undefined || isBusy(state.data.state) ? 700 : false),
  });
  const found = begun === null ? undefined : asked.data;
  const state = found?.state;
  const wanted = found?.wanted;
  useEffect(() => {
    if (state !== 'done') return;
    void refresh(queries, readCompany, listCompanies).then(async () => {
      if (onDone === undefined || !wanted) return;
      const { items } = await call(listCompanies, { query: { search: wanted, limit: 1, status: 'all' } });
      if (items[0] !== undefined) onDone(items[0].id);
    });
  }, [state, wanted, onDone, queries]);
  const busy = begun !== null && (state === undefined || isBusy(state));
  // Until CVR is asked again nothing happens here, and another number may be fetched meanwhile.
  const waits = busy && typeof found?.waitsUntil === 'string';
  const why = state === 'failed' ? (faults[found?.error ?? 'internal'] ?? faults.internal ?? '') : '';
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        loading={busy && !waits}
        disabled={number === null || (waits && wanted === number)}
        leftSection={<IconCloudDownload size={20} stroke={1.75} />}
        onClick={() => {
          setError(null);
          setBegun(null);
          call(fetchCompany, { body: { cvr: number ?? '' } })
            .then(({ id }) => setBegun(id))
            .catch(setError);
        }}
      >
        {w.fetch}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
      <Text role="status" size="sm">
        {waits ? w.waits : busy ? w.fetching : state === 'done' ? w.fetched : state === 'failed' || state === 'ready' ? `${w.failed} ${why}` : ''}
      </Text>
      {begun !== null && (state === 'failed' || state === 'ready' || waits) && <NameLink to={`/imports/${begun}`}>{w.seeImport}</NameLink>}
    </Stack>
  );
}
