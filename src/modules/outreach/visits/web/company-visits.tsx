import { Stack, Text, Title } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listNeeds } from '../../../companies/needs/contract.ts';
import { useNeedFacts } from '../../../companies/needs/web/public.tsx';
import { listReports, readEffort } from '../contract.ts';
import { reportWords } from '../words.ts';

/** On a company's page: what it needs, and what the latest visits were about. */
export function CompanyVisits({ company }: { company: string }) {
  const w = useWords(reportWords);
  const { language } = useLanguage();
  const factsOf = useNeedFacts();
  const needs = useRead(listNeeds, { params: { company } });
  const reports = useRead(listReports, { query: { company, limit: 3 } });
  const error = needs.error ?? reports.error;
  return (
    <Stack gap="sm" component="section" aria-labelledby="visits">
      <Title order={2} id="visits">
        {w.panel}
      </Title>
      {error !== null && <ErrorNotice error={error} onRetry={() => Promise.all([needs.refetch(), reports.refetch()])} />}
      {error === null && (needs.data === undefined || reports.data === undefined) && <Loading lines={3} />}
      {needs.data !== undefined && reports.data !== undefined && (
        <>
          {reports.data.items.length === 0 && <Text c="dimmed">{w.panelNone}</Text>}
          {needs.data.length > 0 && (
            <Ruled>
              {needs.data.slice(0, 8).map((need) => (
                <Rule key={need.id}>
                  {need.reported ? <NameLink to={`/reports/${need.source}`}>{need.what}</NameLink> : <Text>{need.what}</Text>}
                  <Text size="sm" c="dimmed">
                    {factsOf(need)}
                  </Text>
                </Rule>
              ))}
            </Ruled>
          )}
          {reports.data.items.map(({ id, visitedOn, by, about }) => (
            <div key={id}>
              <NameLink to={`/reports/${id}`}>{w.visitOn(shortDay(language, visitedOn), w.byOf(by.name, by.school))}</NameLink>
              <Text size="sm" c="var(--vn-ink-2)" lineClamp={2}>
                {about}
              </Text>
            </div>
          ))}
          {reports.data.next !== null && <NameLink to={`/reports?company=${company}`}>{w.all}</NameLink>}
          <EffortLine company={company} />
        </>
      )}
    </Stack>
  );
}

/** Rows 2.33 and 2.32: what the centre has put in, all people together, and since when the company has known it. */
function EffortLine({ company }: { company: string }) {
  const { may } = useActing();
  return may('consultant', 'coordinator') ? <EffortSentence company={company} /> : null;
}

function EffortSentence({ company }: { company: string }) {
  const w = useWords(reportWords);
  const { language } = useLanguage();
  const { data } = useRead(readEffort, { params: { company } });
  if (data === undefined || data.first === null) return null;
  const figure = (value: number) => new Intl.NumberFormat(language === 'da' ? 'da-DK' : 'en-GB', { maximumFractionDigits: 1 }).format(value);
  const parts = [
    ...(data.calls > 0 ? [w.calls(data.calls)] : []),
    ...(data.visits > 0 ? [w.visits(data.visits)] : []),
    ...(data.minutes > 0 ? [w.hours(figure(data.minutes / 60))] : []),
    ...(data.km > 0 ? [w.km(figure(data.km))] : []),
  ];
  return (
    <Text size="sm" c="dimmed">
      {[...(parts.length === 0 ? [] : [w.effortLine(listed(language, parts))]), w.knownSince(shortDay(language, data.first))].join(' ')}
    </Text>
  );
}
