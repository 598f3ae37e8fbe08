import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHourglass, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormOnTop } from '../../../../ui/editing.tsx';
import { OnFilter, useFilters } from '../../../../ui/filters.tsx';
import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { focusTitle, Page } from '../../../../ui/layout/page.tsx';
import { Empty, ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { useIndustryNames } from '../../../organisation/profiles/web/public.tsx';
import { useCourseWords } from '../../courses/web/public.tsx';
import { type Funding, listFunding, type Rate, readFundingHint, removeFundingRate } from '../contract.ts';
import { fundingWords } from '../words.ts';
import { Example, useRateText } from './example.tsx';
import { FundingForm, RateForm } from './funding-forms.tsx';

type Editing = { what: 'funding'; funding: Funding | null } | { what: 'rate'; funding: Funding; rate: Rate | null };

/** Row 4.27: what a company may get, with rates that carry the days they hold for. */
export function FundingPage() {
  const w = useWords(fundingWords);
  const { may } = useActing();
  const queries = useQueryClient();
  const filters = useFilters({ retired: ['true'] });
  const list = useRows(listFunding, { query: { retired: filters.on.retired === 'true' ? 'true' : 'false' } });
  const rows = list.data ?? [];
  const [editing, setEditing] = useState<Editing | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = (said: string | null) => {
    setEditing(null);
    setDone(said);
    focusTitle();
  };
  const said = async (text: string) => {
    await refresh(queries, listFunding, readFundingHint);
    close(text);
  };
  const writes = may('coordinator');
  const action =
    writes && editing === null ? (
      <Button variant="filled" onClick={() => setEditing({ what: 'funding', funding: null })}>
        {w.add}
      </Button>
    ) : undefined;
  return (
    <Page title={w.title} lead={w.lead} done={done} action={action}>
      <Stack gap="xl">
        {editing !== null && (
          <FormOnTop id="editing" title={editing.what === 'rate' ? w.addRateTo(editing.funding.name) : editing.funding === null ? w.addTitle : w.changeTitle(editing.funding.name)}>
            {editing.what === 'funding' ? (
              <FundingForm key={editing.funding?.id ?? 'new'} funding={editing.funding} onDone={() => said(w.saved)} onClose={() => close(null)} />
            ) : (
              <RateForm key={editing.rate?.id ?? 'new'} funding={editing.funding} rate={editing.rate} onDone={() => said(w.rateSaved)} onClose={() => close(null)} />
            )}
          </FormOnTop>
        )}
        <ListState list={list} count={rows.length} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
          <Stack gap="xl">
            <Example rows={rows} />
            {writes && <OnFilter label={w.showRetired} value={filters.on.retired} onChange={(value) => filters.set('retired', value)} />}
            {rows.map((each) => (
              <One key={each.id} funding={each} onEdit={writes && editing === null ? setEditing : null} onDone={said} />
            ))}
          </Stack>
        </ListState>
      </Stack>
    </Page>
  );
}

const looks = {
  now: { color: 'green', Icon: IconCheck },
  ahead: { color: 'gray', Icon: IconHourglass },
  past: { color: 'gray', Icon: IconX },
  undated: { color: 'yellow', Icon: IconAlertTriangle },
} as const;

function One({ funding, onEdit, onDone }: { funding: Funding; onEdit: ((editing: Editing) => void) | null; onDone(said: string): Promise<void> }) {
  const w = useWords(fundingWords);
  const { language } = useLanguage();
  const { kinds } = useCourseWords();
  const industries = useIndustryNames();
  const rateText = useRateText();
  const [error, setError] = useState<unknown>(null);
  const { name, rates } = funding;
  const day = (of: string) => shortDay(language, of);
  return (
    <Stack gap="xs" component="section" aria-label={name} maw={720}>
      <Group justify="space-between" align="flex-start">
        <Title order={2}>{name}</Title>
        {onEdit !== null && (
          <Group gap="xs">
            <Button size="xs" aria-label={w.addRateTo(name)} onClick={() => onEdit({ what: 'rate', funding, rate: null })}>
              {w.addRate}
            </Button>
            <Button size="xs" variant="subtle" aria-label={w.changeTitle(name)} onClick={() => onEdit({ what: 'funding', funding })}>
              {w.change}
            </Button>
          </Group>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {sideBySide([
          ...(w.kinds[funding.kind] === name ? [] : [w.kinds[funding.kind]]),
          funding.courseKinds.length === 0 ? w.allCourses : funding.courseKinds.map((each) => kinds[each]).join(', '),
          funding.industries.length === 0 ? w.allIndustries : funding.industries.map((each) => industries[each]).join(', '),
          ...(funding.agreement === '' ? [] : [`${w.agreement}: ${funding.agreement}`]),
          ...(funding.retired ? [w.retired] : []),
        ])}
      </Text>
      {funding.text !== '' && <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{funding.text}</Text>}
      {funding.link !== null && (
        <Anchor href={funding.link} rel="noreferrer" size="sm">
          {w.seeRules(name)}
        </Anchor>
      )}
      {error !== null && <ErrorNotice error={error} />}
      {!rates.some(({ state }) => state === 'now') && <Text fw={500}>{rates.length === 0 ? w.noRates : w.noRateToday}</Text>}
      {rates.length > 0 && (
        <Ruled>
          {rates.map((rate) => {
            const { color, Icon } = looks[rate.state];
            const amount = rateText(rate);
            return (
              <Rule
                key={rate.id}
                action={
                  onEdit !== null ? (
                    <Group gap="xs">
                      <Button size="xs" variant="subtle" aria-label={w.changeRate(name, amount)} onClick={() => onEdit({ what: 'rate', funding, rate })}>
                        {w.change}
                      </Button>
                      <Button
                        size="xs"
                        variant="subtle"
                        color="red"
                        aria-label={w.removeRate(name, amount)}
                        onClick={() => call(removeFundingRate, { params: { funding: funding.id, rate: rate.id } }, { version: rate.version }).then(() => onDone(w.rateRemoved), setError)}
                      >
                        {w.remove}
                      </Button>
                    </Group>
                  ) : undefined
                }
              >
                <Group gap="xs">
                  <Text fw={500}>{amount}</Text>
                  <Badge color={color} leftSection={<Icon size={16} stroke={1.75} />}>
                    {w.states[rate.state]}
                  </Badge>
                </Group>
                <Text size="sm" c="dimmed">
                  {sideBySide([...(rate.from === null ? [] : [w.period(day(rate.from), rate.until === null ? null : day(rate.until))]), `${w.source}: ${rate.source}`])}
                </Text>
                {rate.state === 'undated' && <Text size="sm">{w.undatedHelp}</Text>}
              </Rule>
            );
          })}
        </Ruled>
      )}
    </Stack>
  );
}
