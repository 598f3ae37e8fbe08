import { useActing } from '../../../../ui/acting.tsx';
import { ChoiceFilter, Filters, useFilters } from '../../../../ui/filters.tsx';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listReferrals } from '../contract.ts';
import { referralsWords } from '../words.ts';
import { ReferralState } from './state.tsx';

const ways = ['in', 'out'] as const;
const states = ['open', 'over'] as const;

export function ReferralsPage() {
  const w = useWords(referralsWords);
  const { language } = useLanguage();
  const { zone, may } = useActing();
  const filters = useFilters({ way: ways, state: states });
  const list = useRows(listReferrals, { query: { way: filters.on.way ?? 'both', state: filters.on.state ?? 'all' } });
  const rows = list.data ?? [];
  return (
    <Page title={w.title} lead={w.lead} action={<NameLink to="/referrals/credits">{w.creditsSee}</NameLink>}>
      <ListState
        list={list}
        count={rows.length}
        filters={filters}
        none={w.none}
        empty={<Empty title={w.emptyTitle} text={w.emptyText} />}
        controls={
          <Filters filters={filters}>
            {!may('coordinator') && (
              <ChoiceFilter label={w.way} all={w.all} choices={ways.map((value) => ({ value, label: w.ways[value] }))} value={filters.on.way} onChange={(value) => filters.set('way', value)} />
            )}
            <ChoiceFilter label={w.which} all={w.all} choices={states.map((value) => ({ value, label: w[value] }))} value={filters.on.state} onChange={(value) => filters.set('state', value)} />
          </Filters>
        }
      >
        <Rows
          label={w.title}
          rows={rows}
          keyOf={({ id }) => id}
          name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/referrals/${id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.need, plain: true, width: '26%', cell: ({ need }) => need.what },
            { head: w.from, cell: ({ from }) => from?.name ?? w.centre },
            { head: w.to, cell: ({ to }) => to.name },
            { head: w.when2, plain: true, cell: ({ movedAt }) => w.sinceDay(shortDay(language, dayOf(zone, movedAt))) },
            { head: w.state, plain: true, width: '13rem', cell: (referral) => <ReferralState referral={referral} /> },
          ]}
        />
      </ListState>
    </Page>
  );
}
