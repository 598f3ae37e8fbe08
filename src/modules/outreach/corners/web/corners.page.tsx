import { Badge, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { FormOnTop, useEditing } from '../../../../ui/editing.tsx';
import { capital, longDay, shortDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { refresh, useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { type Corner, listCorners } from '../contract.ts';
import { cornersWords } from '../words.ts';
import { CornerForm } from './corner-form.tsx';

/** When a corner is, in a sentence. */
export function useWhen(): (corner: Corner) => string {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  return ({ every, weekday, starts, ends }) => {
    const [from, to] = [shownTime(language, starts), shownTime(language, ends)];
    return every === null || weekday === null ? w.single(from, to) : w.when(w.everyChoices[String(every) as '1'], w.weekdays[weekday - 1] ?? '', from, to);
  };
}

/** The guidance corners of the own school, for the coordinator all. */
export function CornersPage() {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const { may } = useActing();
  const when = useWhen();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const list = useRows(listCorners, {});
  const { editing: open, close, opener } = useEditing();
  const adder = opener(may('consultant', 'coordinator'), w.add, true);
  const nextOf = ({ ahead }: Corner) => ahead.find(({ cancelled }) => cancelled === null);
  const seatsOf = (corner: Corner) => {
    const next = nextOf(corner);
    if (next === undefined) return null;
    return next.seats === null ? w.dropIn : w.takenOf(next.seats.taken, next.seats.all);
  };
  const nextCell = (corner: Corner) => {
    const next = nextOf(corner);
    if (corner.endedOn !== null) return <Badge>{w.ended(shortDay(language, corner.endedOn))}</Badge>;
    if (next === undefined) return w.noNext;
    return (
      <>
        {capital(longDay(language, next.day))} {next.gap && <Badge color="yellow">{w.gap}</Badge>}
      </>
    );
  };
  return (
    <Page title={w.title} lead={w.lead} action={list.data?.length ? adder : undefined}>
      <Stack gap="xl">
        {open && (
          <FormOnTop id="add-corner" title={w.add}>
            <CornerForm
              corner={null}
              onClose={() => close(null)}
              onDone={async (saved) => {
                await refresh(queries, listCorners);
                await navigate({ to: `/corners/${saved.id}`, state: saying(w.added(saved.company.name)) });
              }}
            />
          </FormOnTop>
        )}
        <ListState list={list} count={list.data?.length ?? 0} empty={open ? null : <Empty title={w.emptyTitle} text={w.emptyText} action={adder} />}>
          <Rows
            label={w.title}
            rows={list.data ?? []}
            keyOf={({ id }) => id}
            name={{ head: w.company, cell: ({ id, company }) => <NameLink to={`/corners/${id}`}>{company.name}</NameLink> }}
            columns={[
              { head: w.whenAndWhere, plain: true, width: '24%', cell: (corner) => `${when(corner)} · ${corner.place}` },
              { head: w.who, width: '16%', cell: (corner) => (may('coordinator') ? `${corner.consultant.name}, ${corner.school.name}` : corner.consultant.name) },
              { head: w.next, width: '18%', cell: nextCell },
              { head: w.taken, width: '9rem', cell: seatsOf },
              {
                head: w.visits,
                width: '8rem',
                cell: ({ visits, uncounted }) => (
                  <>
                    {visits} {uncounted.length > 0 && <Badge color="yellow">{w.toCount(uncounted.length)}</Badge>}
                  </>
                ),
              },
            ]}
          />
        </ListState>
      </Stack>
    </Page>
  );
}
