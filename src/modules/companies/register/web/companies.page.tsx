import { Badge, Button, Table, Text } from '@mantine/core';
import { IconHourglass, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { cvr } from '../../../../ui/format.ts';
import { useWords } from '../../../../ui/language.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { useList } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listCompanies } from '../contract.ts';
import { registerWords } from '../words.ts';

export function CompaniesPage() {
  const w = useWords(registerWords);
  const shared = useWords(uiWords);
  const list = useList(listCompanies, { query: {} });
  const add = (
    <Button variant="filled" component={Link} to="/companies/new" leftSection={<IconPlus size={20} stroke={1.75} />}>
      {w.add}
    </Button>
  );
  return (
    <Page title={w.title} lead={w.lead} action={list.rows.length > 0 ? add : undefined}>
      {list.isPending && <Loading lines={8} />}
      {list.isError && <ErrorNotice error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && list.rows.length === 0 && <Empty title={w.emptyTitle} text={w.emptyText} action={add} />}
      {list.rows.length > 0 && (
        <Table.ScrollContainer minWidth={0} type="native">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{w.name}</Table.Th>
                <Table.Th scope="col">{w.cvr}</Table.Th>
                <Table.Th scope="col" visibleFrom="sm">
                  {w.town}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.rows.map((company) => (
                <Table.Tr key={company.id}>
                  <Table.Th scope="row" fw={500}>
                    {company.name}{' '}
                    {company.source === 'provisional' && (
                      <Badge leftSection={<IconHourglass size={16} stroke={1.75} />} ml={4}>
                        {w.provisional}
                      </Badge>
                    )}
                  </Table.Th>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{cvr(company.cvr)}</Table.Td>
                  <Table.Td visibleFrom="sm">
                    {company.town ?? (
                      <Text span c="dimmed">
                        –
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {list.hasNextPage && (
        <Button mt="md" loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {shared.more}
        </Button>
      )}
    </Page>
  );
}
