import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { useFilters } from '../../../../ui/filters.tsx';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { PickOne } from '../../../../ui/pick-one.tsx';
import { useList } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { campaignReaders, listCampaigns } from '../contract.ts';
import { campaignsWords } from '../words.ts';
import { CampaignBadge, useNext } from './campaign-words.tsx';

export function CampaignsPage() {
  const w = useWords(campaignsWords);
  return (
    <OnlyFor roles={campaignReaders} title={w.title}>
      <Campaigns />
    </OnlyFor>
  );
}

function Campaigns() {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const filters = useFilters({ over: ['true'] });
  const over = filters.on.over === 'true';
  const list = useList(listCampaigns, { query: { over: over ? 'true' : 'false' } });
  const next = useNext();
  const plan = may('coordinator') ? (
    <Button variant="filled" component={Link} to="/campaigns/new" leftSection={<IconPlus size={20} stroke={1.75} />}>
      {w.plan}
    </Button>
  ) : undefined;
  const bare = list.isSuccess && list.rows.length === 0 && !over;
  return (
    <Page title={w.title} lead={w.lead} action={bare ? undefined : plan}>
      <ListState
        controls={
          <Group mb="md">
            <PickOne
              label={w.which}
              value={filters.on.over ?? ''}
              onChange={(value) => filters.set('over', value)}
              choices={[
                { value: '', label: w.current },
                { value: 'true', label: w.past },
              ]}
            />
          </Group>
        }
        list={list}
        count={list.rows.length}
        empty={over ? <Empty title={w.noneOver} /> : <Empty title={w.emptyTitle} text={may('coordinator') ? w.emptyText : w.emptyOthers} action={plan} />}
      >
        <Rows
          label={w.title}
          rows={list.rows}
          keyOf={({ id }) => id}
          name={{
            head: w.name,
            cell: ({ id, name }) => (
              <Wraps least="10rem">
                <NameLink to={`/campaigns/${id}`}>{name}</NameLink>
              </Wraps>
            ),
          }}
          columns={[
            { head: w.state, plain: true, cell: ({ state }) => <CampaignBadge state={state} />, width: '11rem' },
            { head: w.period, plain: true, cell: ({ starts, ends }) => w.fromTo(shortDay(language, starts), shortDay(language, ends)), width: '14.5rem' },
            { head: w.onList, plain: true, cell: ({ targets }) => (targets === null ? null : w.firms(targets)), width: '8rem' },
            { head: w.next, plain: true, cell: next, width: '17rem' },
          ]}
        />
      </ListState>
    </Page>
  );
}
