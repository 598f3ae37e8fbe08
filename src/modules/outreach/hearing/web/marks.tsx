import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { reading, refresh } from '../../../../ui/read.ts';
import { type Hearing, type Listed, listHearingCompanies, listHearings, markCompanies, readHearing } from '../contract.ts';
import type { StrikeReason } from '../rules.ts';
import { hearingWords } from '../words.ts';

/** What the school has said about one company. */
export interface Said {
  mark: Listed['mark'];
  reason: StrikeReason | null;
  knownBy: string | null;
}
const nothing: Said = { mark: null, reason: null, knownBy: null };

interface Step {
  before: ReadonlyMap<Listed['id'], Said>;
  /** Its name where it was about one company. */
  name: string | null;
}

const placeOf = (mark: Listed['mark']) => mark ?? 'unseen';

/**
 * The marks of this sitting: they stand at once, are sent one after the other, and go back to what they were when one is refused.
 * What was marked keeps its row until another list is asked for, so that nothing moves under the hand.
 */
export function useMarks({ campaign }: Hearing) {
  const w = useWords(hearingWords);
  const queries = useQueryClient();
  const params = { campaign };
  const [said, setSaid] = useState<ReadonlyMap<string, Said>>(new Map());
  const now = useRef(said);
  const steps = useRef<Step[]>([]);
  const chain = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const [error, setError] = useState<unknown>(null);
  const [status, setStatus] = useState('');

  const put = (changes: Iterable<readonly [string, Said]>) => {
    now.current = new Map([...now.current, ...changes]);
    setSaid(now.current);
  };
  const sayOf = (row: Listed): Said => said.get(row.id) ?? row;
  const matchedKey = reading(listHearingCompanies, { params, query: { show: 'matched', limit: 200 } }).queryKey;
  const recount = () => Promise.all([refresh(queries, readHearing, listHearings), queries.invalidateQueries({ queryKey: matchedKey })]);

  /** Counts follow the hand; the server's own come when everything was sent. */
  const count = (row: Listed, from: Listed['mark'], to: Listed['mark']) =>
    queries.setQueryData(reading(readHearing, { params }).queryKey, (held: Hearing | undefined) => {
      if (held === undefined || from === to) return held;
      const companies = { ...held.companies };
      companies[placeOf(from)] -= 1;
      companies[placeOf(to)] += 1;
      if (row.match !== null) companies.matched += (to === null ? 1 : 0) - (from === null ? 1 : 0);
      return { ...held, companies };
    });

  const queue = (work: () => Promise<void>, onRefused: () => void) => {
    waiting.current += 1;
    setError(null);
    chain.current = chain.current
      .then(work)
      .catch((refused) => {
        onRefused();
        setStatus('');
        setError(refused);
      })
      .finally(() => {
        waiting.current -= 1;
        if (waiting.current === 0) recount();
      });
  };
  const send = (companies: Listed['id'][], { mark, reason, knownBy }: Said) => call(markCompanies, { params, body: { companies, mark: mark ?? 'none', reason: reason ?? 'other', knownBy } });

  const mark = (row: Listed, next: Said) => {
    const before = now.current.get(row.id) ?? { mark: row.mark, reason: row.reason, knownBy: row.knownBy };
    if (before.mark === next.mark) return;
    const step: Step = { before: new Map([[row.id, before]]), name: row.name };
    put([[row.id, next]]);
    count(row, before.mark, next.mark);
    steps.current.push(step);
    setStatus(next.mark === 'struck' ? w.saidStruck(row.name) : next.mark === 'kept' ? w.saidKept(row.name) : w.undone(row.name));
    queue(
      async () => {
        await send([row.id], next);
      },
      () => {
        steps.current = steps.current.filter((each) => each !== step);
        if (now.current.get(row.id) === next) put([[row.id, before]]);
      },
    );
  };

  /** All that are on the own list by number: the server knows which. */
  const strikeMatched = (reason: StrikeReason) =>
    queue(
      async () => {
        const { changed } = await call(markCompanies, { params, body: { companies: 'matched', mark: 'struck', reason, knownBy: null } });
        if (changed.length > 0) steps.current.push({ before: new Map(changed.map((id) => [id, nothing])), name: null });
        put(changed.map((id) => [id, { mark: 'struck', reason, knownBy: null }]));
        setStatus(w.struckAll(changed.length));
      },
      () => undefined,
    );

  const undo = () =>
    queue(
      async () => {
        const step = steps.current.at(-1);
        if (step === undefined) return;
        const groups = new Map<string, { ids: Listed['id'][]; back: Said }>();
        for (const [id, back] of step.before) {
          const key = JSON.stringify(back);
          const group = groups.get(key) ?? { ids: [], back };
          group.ids.push(id);
          groups.set(key, group);
        }
        for (const { ids, back } of groups.values()) await send(ids, back);
        steps.current = steps.current.filter((each) => each !== step);
        put(step.before);
        setStatus(step.name === null ? w.undoneMany(step.before.size) : w.undone(step.name));
      },
      () => undefined,
    );

  return { sayOf, mark, strikeMatched, undo, error, status };
}
export type Marks = ReturnType<typeof useMarks>;
