import { Stack, Text, Title } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listPartnerships, type Partnership } from '../contract.ts';
import { partnershipsWords } from '../words.ts';
import { PartnershipState } from './state.tsx';

/** A company's partnership agreements, to stand beside it (row 4.09). */
export function PartnershipsPanel({ company }: { company: string }) {
  const w = useWords(partnershipsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const list = useRows(listPartnerships, { query: { company } } as never);
  const rows = list.data ?? [];
  return (
    <Stack gap="xs" component="section" aria-labelledby="partnerships">
      <Title order={2} id="partnerships">
        {w.panel}
      </Title>
      {list.isPending && <Loading lines={2} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && <Text>{w.panelNone}</Text>}
      {rows.map((row) => (
        <div key={row.id}>
          <NameLink to={`/partnerships/${row.id}`}>{w.period(shortDay(language, row.validFrom), shortDay(language, row.validTo))}</NameLink>
          <PartnershipState partnership={row} />
        </div>
      ))}
      <NameLink to={`/partnerships?company=${company}`}>{may('consultant', 'coordinator') ? w.add : w.title}</NameLink>
    </Stack>
  );
}

/** On Today: agreements of one's own that wait for a signature, or whose review has come. */
export function PartnershipsToday({ person }: { person: string }) {
  const w = useWords(partnershipsWords);
  const list = useRows(listPartnerships, { query: { state: 'open' } });
  const rows = (list.data ?? []).filter(({ owner, toSign, reviewDue }: Partnership) => String(owner.id) === person && (toSign || reviewDue));
  if (rows.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="partnerships-today" maw={720}>
      <Title order={2} id="partnerships-today">
        {w.today}
      </Title>
      {rows.map((row) => (
        <div key={row.id}>
          <NameLink to={`/partnerships/${row.id}`}>{row.company.name}</NameLink>
          <PartnershipState partnership={row} />
        </div>
      ))}
    </Stack>
  );
}
