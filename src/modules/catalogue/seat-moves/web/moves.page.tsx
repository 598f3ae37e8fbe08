import { useState } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { useRows } from '../../../../ui/read.ts';
import { listSeatMoves } from '../contract.ts';
import { seatMovesWords } from '../words.ts';
import { Moves } from './moves.tsx';

/** Seats that move to another class, and what both schools say (row 4.03). */
export function SeatMovesPage() {
  const w = useWords(seatMovesWords);
  const [done, setDone] = useState<string | null>(null);
  const list = useRows(listSeatMoves, { query: {} });
  return (
    <Page title={w.title} lead={w.lead} done={done}>
      <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Moves rows={list.data ?? []} onDone={setDone} />
      </ListState>
    </Page>
  );
}
