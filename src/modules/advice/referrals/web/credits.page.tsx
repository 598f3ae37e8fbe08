import { useActing } from '../../../../ui/acting.tsx';
import { figure } from '../../../../ui/figures.ts';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { readCredits } from '../contract.ts';
import { referralsWords } from '../words.ts';

const periods = ['this_year', 'last_year'] as const;
const counts = ['sent', 'accepted', 'declined', 'started', 'ended', 'agreements'] as const;

/** Row 3.01: the school that referred is credited with what came of it. */
export function CreditsPage() {
  const w = useWords(referralsWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const filters = useFilters({ period: periods });
  const year = Number(today.slice(0, 4)) - (filters.on.period === 'last_year' ? 1 : 0);
  const list = useRows(readCredits, { query: filters.on.period === undefined ? {} : { from: `${year}-01-01`, to: `${year}-12-31` } });
  const pairs = list.data?.pairs ?? [];
  return (
    <Page title={w.credits} lead={w.creditsLead} path={<PathLink to="/referrals">{w.title}</PathLink>}>
      <ListState
        list={list}
        count={pairs.length}
        filters={{ ...filters, active: false }}
        none={w.none}
        empty={<Empty title={w.creditsEmpty} text={w.creditsEmptyText} />}
        controls={
          <Filters filters={filters}>
            <ChoiceFilter
              label={w.period}
              all={w.twelveMonths}
              choices={periods.map((value) => ({ value, label: w.periods[value] }))}
              value={filters.on.period}
              onChange={(value) => filters.set('period', value)}
            />
          </Filters>
        }
      >
        <Rows
          label={w.credits}
          rows={pairs}
          keyOf={({ from, to }) => `${from?.id} ${to.id}`}
          name={{ head: w.credits, cell: ({ from, to }) => w.pair(from?.name ?? w.centre, to.name) }}
          columns={counts.map((key) => ({ head: w.counts[key], cell: (pair: (typeof pairs)[number]) => figure(language, pair[key]) }))}
        />
      </ListState>
    </Page>
  );
}
