import { NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { readBarriers } from '../contract.ts';
import { quartersBefore } from '../rules.ts';
import { reportWords, visitsWords } from '../words.ts';

type Barriers = OutputOf<typeof readBarriers>;

/** What keeps companies and their employees from training; the latter as figures only (rows 2.37, 2.38). */
export function BarriersPage() {
  const w = useWords(reportWords);
  const { quarter } = useSearch({ strict: false }) as { quarter?: string };
  const asked = useRead(readBarriers, { query: quarter === undefined ? {} : { quarter } });
  return (
    <FetchedPage asked={asked} title={w.barriersTitle}>
      {(found) => <Sheet found={found} />}
    </FetchedPage>
  );
}

function Sheet({ found }: { found: Barriers }) {
  const w = useWords(reportWords);
  const v = useWords(visitsWords);
  const { today } = useActing();
  const navigate = useNavigate();
  const quarters = quartersBefore(today, 8);
  return (
    <Page title={w.barriersTitle} lead={w.barriersLead} path={<PathLink to="/reports">{v.title}</PathLink>}>
      <Stack gap="xl">
        <NativeSelect
          label={w.quarter}
          maw={260}
          value={found.quarter}
          data={[...new Set([...quarters, found.quarter])].map((value) => ({ value, label: w.quarterOf((Number(value.slice(5, 7)) + 2) / 3, value.slice(0, 4)) }))}
          onChange={(event) => navigate({ to: '.', search: { quarter: event.currentTarget.value } as never, replace: true, resetScroll: false })}
        />
        <Counted id="of-companies" title={w.ofCompanies} rows={found.companies.map(({ code, companies }) => ({ code, what: v.barriers[code], companies }))} />
        <Counted
          id="of-employees"
          title={w.ofEmployees}
          lead={w.employeesLead}
          note={w.smallCell(found.threshold)}
          rows={found.employees.map(({ code, companies }) => ({ code, what: v.employeeBarriers[code], companies }))}
        />
      </Stack>
    </Page>
  );
}

function Counted({ id, title, lead, note, rows }: { id: string; title: string; lead?: string; note?: string; rows: { code: string; what: string; companies: number | null }[] }) {
  const w = useWords(reportWords);
  return (
    <Stack gap="xs" component="section" aria-labelledby={id} maw={720}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {lead !== undefined && <Text c="var(--vn-ink-2)">{lead}</Text>}
      <Table aria-labelledby={id}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{w.barrier}</Table.Th>
            <Table.Th scope="col" ta="right" w="7rem">
              {w.companies}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ code, what, companies }) => (
            <Table.Tr key={code}>
              <Table.Th scope="row" fw={400}>
                {what}
              </Table.Th>
              <Table.Td ta="right">{companies ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {note !== undefined && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </Stack>
  );
}
