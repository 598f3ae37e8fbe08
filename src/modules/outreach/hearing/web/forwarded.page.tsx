import { useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../../kit/endpoint.ts';
import { call, Refusal } from '../../../../ui/client.ts';
import { capital, cvr } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { dayAndTime } from '../../../../ui/moments.ts';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { uiWords } from '../../../../ui/words.ts';
import { listForwarded, markForwarded, openForward } from '../contract.ts';
import { forwardedWords } from '../words.ts';

type Opened = OutputOf<typeof openForward>;
type Row = OutputOf<typeof listForwarded>['items'][number];

/** Behind a colleague's link: the list, and one big button per company. Nobody signs in here. */
export function ForwardedPage() {
  const w = useWords(forwardedWords);
  const [token] = useState(() => location.hash.slice(1));
  const [opened, setOpened] = useState<Opened | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const problemText = useProblemText();
  const whole = /^[\w-]{43}$/.test(token);
  useEffect(() => {
    document.title = `${w.title} – Vejnet`;
  }, [w]);
  useEffect(() => {
    if (whole) call(openForward, { body: { token } }).then(setOpened, setRefusal);
  }, [token, whole]);
  const spent = refusal instanceof Refusal && refusal.problem.code === 'link_spent';
  if (!whole || spent) {
    return (
      <main className="plain" id="main">
        <h1>{whole ? w.spentTitle : w.noLinkTitle}</h1>
        <p role="alert">{whole ? problemText(refusal) : w.noLink}</p>
      </main>
    );
  }
  return (
    <main className="plain" id="main">
      <h1>{w.title}</h1>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      {opened === null && refusal === null && <p role="status">{w.loading}</p>}
      {opened !== null && <Listed token={token} opened={opened} onSpent={setRefusal} />}
    </main>
  );
}

function Listed({ token, opened, onSpent }: { token: string; opened: Opened; onSpent(refusal: Refusal): void }) {
  const w = useWords(forwardedWords);
  const shared = useWords(uiWords);
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [search, setSearch] = useState('');
  const [rows, setRows] = useState<Row[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [struck, setStruck] = useState(opened.struck);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);

  const refused = (refusal: unknown) => {
    if (refusal instanceof Refusal && refusal.problem.code === 'link_spent') onSpent(refusal);
    else setError(refusal);
  };
  const failed = useRef(refused);
  failed.current = refused;
  useEffect(() => {
    const round = ++asked.current;
    const timer = setTimeout(
      () => {
        call(listForwarded, { body: { token, search: search.trim() } }).then(
          (page) => {
            if (asked.current !== round) return;
            setRows(page.items);
            setNext(page.next);
            setError(null);
          },
          (refusal) => failed.current(refusal),
        );
      },
      search === '' ? 0 : 300,
    );
    return () => clearTimeout(timer);
  }, [token, search]);
  const more = (cursor: string) => {
    const round = asked.current;
    call(listForwarded, { body: { token, search: search.trim(), cursor } }).then((page) => {
      if (asked.current !== round) return;
      setRows((before) => [...(before ?? []), ...page.items]);
      setNext(page.next);
    }, refused);
  };
  const set = (id: Row['id'], to: boolean) => {
    setRows((before) => before?.map((row) => (row.id === id ? { ...row, struck: to } : row)) ?? null);
    setStruck((before) => before + (to ? 1 : -1));
  };
  const mark = (row: Row, to: boolean) => {
    setError(null);
    set(row.id, to);
    call(markForwarded, { body: { token, company: row.id, struck: to } }).catch((refusal) => {
      set(row.id, !to);
      refused(refusal);
    });
  };
  const until = dayAndTime(language, 'Europe/Copenhagen', opened.deadline);
  return (
    <>
      <p>{w.hello(opened.colleague, opened.school)}</p>
      <p>
        {w.ask} {w.until(until)} {w.secret}
      </p>
      <p>
        {w.campaign(opened.campaign, opened.centre)} {w.goal(opened.goal)}
      </p>
      <label className="search">
        {w.search}
        <input type="search" value={search} maxLength={100} autoComplete="off" onChange={(event) => setSearch(event.target.value)} />
      </label>
      {error !== null && (
        <p className="notice" role="alert">
          {error instanceof Refusal && error.problem.code === 'not_found' ? w.kept : problemText(error)}
        </p>
      )}
      <p role="status" className="tally">
        {w.count(struck, opened.companies)}
      </p>
      {rows === null && error === null && <p>{w.loading}</p>}
      {rows?.length === 0 && <p>{w.none}</p>}
      {rows !== null && rows.length > 0 && (
        <ul className="strikes" aria-label={w.list}>
          {rows.map((row) => (
            <li key={row.id} className={row.struck ? 'gone' : undefined}>
              <span>
                <b>{row.name}</b>
                <span>
                  {row.struck && `${w.struck} · `}
                  {[row.address, row.town, `CVR ${cvr(row.cvr)}`].filter(Boolean).join(' · ')}
                </span>
              </span>
              <button type="button" className="button" aria-label={capital(row.struck ? w.undoThis(row.name) : w.strikeThis(row.name))} onClick={() => mark(row, !row.struck)}>
                {row.struck ? w.undo : w.strike}
              </button>
            </li>
          ))}
        </ul>
      )}
      {next !== null && (
        <button type="button" className="button" onClick={() => more(next)}>
          {shared.more}
        </button>
      )}
      <p>{w.done}</p>
    </>
  );
}
