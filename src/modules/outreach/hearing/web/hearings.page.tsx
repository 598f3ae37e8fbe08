import { Stack } from '@mantine/core';
import { useActing } from '../../../../ui/acting.tsx';
import { capital } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { OnlyFor } from '../../../../ui/layout/only-for.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { Wraps } from '../../../../ui/wraps.tsx';
import { NominationRounds } from '../../nominations/web/public.tsx';
import { listHearings } from '../contract.ts';
import { hearingWords } from '../words.ts';
import { HearingState } from './hearing-state.tsx';

export function HearingsPage() {
  const w = useWords(hearingWords);
  return (
    <OnlyFor roles={['consultant', 'manager']} title={w.title}>
      <Page title={w.title} lead={w.lead}>
        <Stack gap="xl">
          <NominationRounds />
          <Hearings />
        </Stack>
      </Page>
    </OnlyFor>
  );
}

function Hearings() {
  const w = useWords(hearingWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  const list = useRows(listHearings, {});
  return (
    <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
      <Rows
        label={w.title}
        rows={list.data ?? []}
        keyOf={({ campaign }) => campaign}
        name={{
          head: w.campaign,
          cell: ({ campaign, name }) => (
            <Wraps least="10rem">
              <NameLink to={`/hearings/${campaign}`}>{name}</NameLink>
            </Wraps>
          ),
        }}
        columns={[
          { head: w.state, plain: true, cell: (hearing) => <HearingState hearing={hearing} />, width: '11rem' },
          { head: w.deadline, cell: ({ deadline }) => <time dateTime={deadline}>{capital(dayAndTime(language, zone, deadline))}</time>, width: '17rem' },
          { head: w.left, plain: true, cell: ({ closedAt, companies }) => (closedAt === null ? w.notSeen(companies.unseen) : w.struckCount(companies.struck)), width: '13rem' },
        ]}
      />
    </ListState>
  );
}
