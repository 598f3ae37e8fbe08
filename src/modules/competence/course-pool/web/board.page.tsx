import { useCallback, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { Question } from '../../../../ui/easy.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { openPoolBoard, type PoolBoard, voteOnRequest } from '../contract.ts';
import { poolWords } from '../words.ts';
import { useAmount } from './amount.tsx';

type Request = PoolBoard['requests'][number];

/** Behind the link of somebody who decides about a pool (row 4.19): what colleagues ask for, two large buttons, and a reason. */
export function PoolBoardPage() {
  const w = useWords(poolWords).board;
  const amount = useAmount();
  const problemText = useProblemText();
  const [token] = useState(() => location.hash.slice(1));
  const [board, setBoard] = useState<PoolBoard | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [done, setDone] = useState('');
  const whole = /^[a-z2-7]{32}$/.test(token);
  const read = useCallback(() => call(openPoolBoard, { body: { token } }).then(setBoard, setRefusal), [token]);
  useEffect(() => {
    if (whole) read();
  }, [whole, read]);
  const gone = refusal instanceof Refusal && refusal.problem.code === 'board_gone';
  if (!whole || gone)
    return (
      <Question title={gone ? w.gone : w.title} first>
        <p role="alert">{gone ? w.goneText : w.noLink}</p>
      </Question>
    );
  const vote = (request: Request, yes: boolean, reason: string) => {
    setRefusal(null);
    setDone('');
    return call(voteOnRequest, { body: { token, request: request.id, yes, reason } }, { key: v4() }).then((now) => {
      setBoard(now);
      setDone(w.sent);
    }, setRefusal);
  };
  const open = board?.requests.filter(({ state }) => state === 'open') ?? [];
  const decided = board?.requests.filter(({ state }) => state !== 'open') ?? [];
  return (
    <Question title={w.title} first>
      {board === null && refusal === null && <p role="status">{w.loading}</p>}
      {board !== null && (
        <>
          <p className="big">{w.for(board.name, board.company)}</p>
          <p>{w.hello(board.me, board.members)}</p>
          <p>{w.left(amount(board.unit, board.balance), amount(board.unit, board.putIn))}</p>
          {!board.open && <p className="big">{w.closed}</p>}
        </>
      )}
      <p role="status">{done}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {w.notSent} {refusal instanceof Refusal && refusal.problem.code === 'invalid' ? w.needReason : problemText(refusal)}
        </p>
      )}
      {board?.open === true && (
        <section aria-labelledby="board-open">
          <h2 id="board-open">{w.open}</h2>
          {open.length === 0 && <p>{w.none}</p>}
          <ul className="contacts">
            {open.map((request) => (
              <OpenRequest key={request.id} request={request} board={board} onVote={(yes, reason) => vote(request, yes, reason)} />
            ))}
          </ul>
        </section>
      )}
      {board !== null && decided.length > 0 && (
        <section aria-labelledby="board-decided">
          <h2 id="board-decided">{w.decided}</h2>
          <p>{w.tell}</p>
          <ul className="contacts">
            {decided.map(({ id, person, what, amount: asked, state, reasons }) => (
              <li key={id}>
                <b>{w.asks(person ?? w.somebody, what)}</b>
                <span>
                  {w.states[state]}. {amount(board.unit, asked)}
                </span>
                {reasons.length > 0 && (
                  <span>
                    {w.because(
                      reasons
                        .filter(({ yes }) => yes === (state === 'granted'))
                        .map(({ reason }) => reason)
                        .join('; '),
                    )}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Question>
  );
}

function OpenRequest({ request, board, onVote }: { request: Request; board: PoolBoard; onVote(yes: boolean, reason: string): Promise<unknown> }) {
  const w = useWords(poolWords).board;
  const amount = useAmount();
  const [reason, setReason] = useState('');
  const [pending, setPending] = useState(false);
  const { id, person, what, why, amount: asked, voted, mine } = request;
  const vote = (yes: boolean) => {
    if (pending) return;
    setPending(true);
    onVote(yes, reason).finally(() => setPending(false));
  };
  return (
    <li>
      <b>{w.asks(person ?? w.somebody, what)}</b>
      {why !== '' && <span>{why}</span>}
      <span>{w.costs(amount(board.unit, asked))}</span>
      <span>
        {w.voted(voted, board.members)} {mine === null ? '' : mine ? w.mine.yes : w.mine.no}
      </span>
      <div className="panel">
        <label htmlFor={`why-${id}`}>
          {w.reason}
          <input id={`why-${id}`} value={reason} maxLength={300} autoComplete="off" onChange={(event) => setReason(event.currentTarget.value)} />
        </label>
        <div className="choices">
          <button type="button" className="button first" aria-label={w.yesTo(what)} onClick={() => vote(true)}>
            {w.yes}
          </button>
          <button type="button" className="button" aria-label={w.noTo(what)} onClick={() => vote(false)}>
            {w.no}
          </button>
        </div>
      </div>
    </li>
  );
}
