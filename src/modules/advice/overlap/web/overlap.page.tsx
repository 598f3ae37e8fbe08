import { NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { municipalities as names } from '../../../../kit/municipalities.ts';
import { figure } from '../../../../ui/figures.ts';
import { useFilters } from '../../../../ui/filters.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { FetchedPage } from '../../../../ui/layout/fetched.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { taughtFields } from '../../../catalogue/provision/contract.ts';
import { useNeedWords } from '../../../companies/needs/web/public.tsx';
import { useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { readOverlap } from '../contract.ts';
import { overlapWords } from '../words.ts';
import classes from './overlap.module.css';

type Found = OutputOf<typeof readOverlap>;

export function OverlapPage() {
  const w = useWords(overlapWords);
  const filters = useFilters({ field: taughtFields });
  const field = filters.on.field ?? taughtFields[0];
  const asked = useRows(readOverlap, { query: { field: field as 'certificates' } });
  return (
    <FetchedPage asked={asked} title={w.title}>
      {(found) => <Sheet found={found} field={String(field)} onField={(value) => filters.set('field', value)} />}
    </FetchedPage>
  );
}

function Sheet({ found, field, onField }: { found: Found; field: string; onField(value: string): void }) {
  const w = useWords(overlapWords);
  const n = useNeedWords();
  const industries = useIndustryNames();
  const { language } = useLanguage();
  const { cells, municipalities, pairs, schools } = found;
  const sections = [...new Set(cells.map(({ section }) => section))];
  const nameOf = (id: string) => schools.find((school) => school.id === id)?.name ?? '';
  const withSchools = (from: number, to: number) => cells.filter(({ schools: there }) => there.length >= from && there.length <= to).length;
  const percent = new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { style: 'percent', maximumFractionDigits: 0 });
  return (
    <Page title={w.title} lead={w.lead} path={<PathLink to="/impartial">{w.path}</PathLink>} action={<NameLink to="/provision">{w.provision}</NameLink>}>
      {cells.length === 0 ? (
        <Empty title={w.emptyTitle} text={w.emptyText} />
      ) : (
        <Stack gap="xl">
          <Stack gap="sm">
            <NativeSelect
              label={w.field}
              maw={320}
              value={field}
              data={taughtFields.map((value) => ({ value, label: n.fields[value] }))}
              onChange={({ currentTarget }) => onField(currentTarget.value)}
            />
            <Text>{w.summary(withSchools(2, schools.length), withSchools(1, 1), withSchools(0, 0))}</Text>
            <Table.ScrollContainer minWidth={0}>
              <Rows
                label={w.title}
                rows={sections}
                keyOf={(section) => section}
                name={{ head: w.industry, cell: (section) => industries[section] }}
                columns={municipalities.map((municipality) => ({
                  head: names[municipality] ?? municipality,
                  cell: (section: (typeof sections)[number]): ReactNode => {
                    const cell = cells.find((each) => each.section === section && each.municipality === municipality);
                    if (cell === undefined) return null;
                    return (
                      <span className={classes.field} style={{ '--many': cell.schools.length } as CSSProperties} title={cell.schools.map(nameOf).join(', ') || w.none}>
                        {w.schools(cell.schools.length)}
                        <Text size="xs" c="var(--vn-ink)">
                          {w.companies(cell.companies, figure(language, cell.companies))}
                        </Text>
                      </span>
                    );
                  },
                }))}
              />
            </Table.ScrollContainer>
          </Stack>
          {pairs.length > 0 && (
            <Stack gap="sm" component="section" aria-labelledby="pairs" maw={720}>
              <Title order={2} id="pairs">
                {w.pairs}
              </Title>
              <Text>{w.pairsLead}</Text>
              <Rows
                label={w.pairs}
                rows={pairs}
                keyOf={({ one, other }) => `${one} ${other}`}
                name={{ head: w.pairs, cell: ({ one, other }) => w.pair(nameOf(one), nameOf(other)) }}
                columns={[{ head: w.share, width: '8rem', cell: ({ share }) => percent.format(share) }]}
              />
            </Stack>
          )}
        </Stack>
      )}
    </Page>
  );
}
