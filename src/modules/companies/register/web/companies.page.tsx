import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { interval } from '../../../../ui/figures.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { NearEnd } from '../../../../ui/near-end.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { companyReaders, listCompanies } from '../contract.ts';
import { registerWords } from '../words.ts';
import { CompanyFilterRow, useCompanyFilters } from './company-filters.tsx';
import { CompanyStatus, isSpecial } from './company-status.tsx';

export function CompaniesPage() {
  const w = useWords(registerWords);
  return (
    <OnlyFor roles={companyReaders} title={w.title}>
      <Register />
    </OnlyFor>
  );
}

function Register() {
  const w = useWords(registerWords);
  const { language } = useLanguage();
  const filters = useCompanyFilters();
  const list = useList(listCompanies, { query: filters.query });
  const add = (
    <Button variant="filled" component={Link} to="/companies/new" leftSection={<IconPlus size={20} stroke={1.75} />}>
      {w.add}
    </Button>
  );
  const bare = list.isSuccess && list.rows.length === 0 && !filters.active;
  return (
    <Page title={w.title} lead={w.lead} action={bare ? undefined : add}>
      <ListState
        controls={bare ? undefined : <CompanyFilterRow filters={filters} />}
        list={list}
        count={list.rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} action={add} />}
      >
        {list.data?.pages[0]?.capped === true && (
          <Text size="sm" c="var(--vn-ink-2)" mb="sm">
            {w.capped}
          </Text>
        )}
        <Rows
          label={w.title}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{
            head: w.name,
            cell: ({ id, name, formerName }) => (
              <Wraps least="10rem">
                <NameLink to={`/companies/${id}`}>{name}</NameLink>
                {formerName !== null && (
                  <Text size="sm" c="dimmed">
                    {w.formerly(formerName)}
                  </Text>
                )}
              </Wraps>
            ),
          }}
          columns={[
            { head: w.town, plain: true, cell: ({ town }) => town, width: '8rem' },
            {
              head: w.industry,
              plain: true,
              cell: ({ industry }) =>
                industry === null ? null : (
                  <Wraps least="9rem" lang="da">
                    {industry.text ?? `${industry.scheme} ${industry.code}`}
                  </Wraps>
                ),
            },
            { head: w.employees, cell: ({ size }) => (size === null ? null : interval(language, size)), width: '5.5rem' },
            { head: w.status, plain: true, cell: (company) => (isSpecial(company) ? <CompanyStatus company={company} /> : null), width: '11.5rem' },
          ]}
        />
        <NearEnd list={list} />
      </ListState>
    </Page>
  );
}
