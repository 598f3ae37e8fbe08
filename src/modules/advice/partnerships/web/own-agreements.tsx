import { type FormEvent, useEffect, useId, useState } from 'react';
import { v4 } from 'uuid';
import { call, Refusal } from '../../../../ui/client.ts';
import { dayOf, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type OwnAgreement, type OwnAgreements, readOwnPartnerships, signOwnAgreement, writeOwnExpectations } from '../contract.ts';
import { partnershipsWords } from '../words.ts';

/** On the company's own page: the partnership agreement, which the company helps to write and signs (rows 4.09 and X.5). */
export function OwnPartnershipSection({ token, onNext }: { token: string; onNext(steps: { text: string; at: string }[]): void }) {
  const w = useWords(partnershipsWords).own;
  const [page, setPage] = useState<OwnAgreements | null>(null);
  useEffect(() => {
    // A page that is gone says so itself, above.
    call(readOwnPartnerships, { body: { token } }).then(setPage, () => undefined);
  }, [token]);
  useEffect(() => {
    onNext((page?.agreements ?? []).filter(({ state, companySigned }) => state === 'awaiting' && companySigned === null).map(() => ({ text: w.toSign, at: 'own-partnership' })));
  }, [page, w, onNext]);
  if (page === null || page.agreements.length === 0) return null;
  return (
    <section aria-labelledby="own-partnership">
      <h2 id="own-partnership">{w.title}</h2>
      {page.agreements.map((agreement) => (
        <Agreement key={`${agreement.id} ${agreement.no}`} token={token} zone={page.zone} agreement={agreement} onChanged={setPage} />
      ))}
    </section>
  );
}

interface Props {
  token: string;
  zone: string;
  agreement: OwnAgreement;
  onChanged(page: OwnAgreements): void;
}

function Agreement({ token, zone, agreement, onChanged }: Props) {
  const all = useWords(partnershipsWords);
  const w = all.own;
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState('');
  const { state, no, companySigned, centreSigned, validFrom, validTo, reviewOn, nextReview } = agreement;
  const day = (of: string) => shortDay(language, of);
  const signature = (of: OwnAgreement['companySigned']) => (of === null ? null : all.signedBy(of.name, day(dayOf(zone, of.at))));
  const changed = (said: string) => (page: OwnAgreements) => {
    onChanged(page);
    setOpen(false);
    setDone(said);
  };
  const review = state === 'signed' ? nextReview : reviewOn;
  const read = (
    <details open={state === 'awaiting' && companySigned === null}>
      <summary style={{ minHeight: 44, display: 'list-item', paddingBlock: 10, cursor: 'pointer' }}>{no > 1 && state !== 'signed' ? `${w.read} (${w.newText})` : w.read}</summary>
      <Whole agreement={agreement} />
    </details>
  );
  return (
    <ul className="contacts">
      <li>
        <b>{state === 'draft' ? w.draft : state === 'signed' ? w.holds(day(validFrom), day(validTo)) : companySigned === null ? w.awaiting : w.awaitingOther}</b>
        <span>{[w.lead(agreement.owner), review === null ? '' : w.review(day(review))].filter((part) => part !== '').join(' ')}</span>
        {state !== 'draft' && <span>{w.signatures(signature(companySigned), signature(centreSigned))}</span>}
        <span role="status">{done}</span>
        {state === 'draft' &&
          (open ? (
            <Expect token={token} agreement={agreement} onSaved={changed(w.saved)} onClose={() => setOpen(false)} />
          ) : (
            <span>
              <button
                type="button"
                className="button"
                onClick={() => {
                  setDone('');
                  setOpen(true);
                }}
              >
                {agreement.companyExpects.every((text) => text === '') ? w.write : w.change}
              </button>
            </span>
          ))}
        {read}
        {state === 'awaiting' && companySigned === null && <Sign token={token} agreement={agreement} onSigned={changed(w.signed)} />}
      </li>
    </ul>
  );
}

/** The agreement, word by word, for whoever signs it. */
function Whole({ agreement }: { agreement: OwnAgreement }) {
  const w = useWords(partnershipsWords);
  const { language } = useLanguage();
  const parts = [
    { title: w.companyExpects, prompts: [...w.companyPrompts, w.companyRole, w.companyDuties], answers: [...agreement.companyExpects, agreement.companyRole, agreement.companyDuties] },
    { title: w.centreExpects, prompts: [...w.centrePrompts, w.centreRole, w.centreDuties], answers: [...agreement.centreExpects, agreement.centreRole, agreement.centreDuties] },
  ];
  return (
    <div className="read">
      <p>
        {w.term}: {w.period(shortDay(language, agreement.validFrom), shortDay(language, agreement.validTo))}
      </p>
      {parts.map(({ title, prompts, answers }) => (
        <div key={title}>
          <h3>{title}</h3>
          <dl>
            {prompts.map((prompt, at) => (
              <div key={prompt} style={{ marginTop: 8 }}>
                <dt style={{ color: 'var(--ink-2)' }}>{prompt}</dt>
                <dd style={{ margin: 0, whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{answers[at] === '' ? w.notWritten : answers[at]}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

const readAs = ({ id, no, version }: OwnAgreement) => ({ partnership: id, no, version });

function Expect({ token, agreement, onSaved, onClose }: { token: string; agreement: OwnAgreement; onSaved(page: OwnAgreements): void; onClose(): void }) {
  const all = useWords(partnershipsWords);
  const w = all.own;
  const problemText = useProblemText();
  const id = useId();
  const [texts, setTexts] = useState(agreement.companyExpects);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    call(writeOwnExpectations, { body: { token, ...readAs(agreement), companyExpects: texts } }, { key: v4() })
      .then(onSaved, setRefusal)
      .finally(() => setPending(false));
  };
  return (
    <div className="panel" style={{ width: '100%', maxWidth: '44rem' }}>
      <form onSubmit={send} noValidate>
        {refusal !== null && (
          <p className="notice" role="alert">
            {w.notSaved} {problemText(refusal)}
          </p>
        )}
        {all.companyPrompts.map((prompt, at) => (
          <label key={prompt} htmlFor={`${id}-${at}`}>
            {prompt}
            <textarea id={`${id}-${at}`} rows={2} maxLength={1000} value={texts[at]} onChange={(event) => setTexts(texts.with(at, event.currentTarget.value))} />
          </label>
        ))}
        <p>
          <button type="submit" className="button first">
            {w.save}
          </button>{' '}
          <button type="button" className="button" onClick={onClose}>
            {w.cancel}
          </button>
        </p>
      </form>
    </div>
  );
}

function Sign({ token, agreement, onSigned }: { token: string; agreement: OwnAgreement; onSigned(page: OwnAgreements): void }) {
  const w = useWords(partnershipsWords).own;
  const problemText = useProblemText();
  const id = useId();
  const [name, setName] = useState('');
  const [agrees, setAgrees] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    call(signOwnAgreement, { body: { token, ...readAs(agreement), name, agrees: agrees as true } }, { key: v4() })
      .then(onSigned, setRefusal)
      .finally(() => setPending(false));
  };
  return (
    <div className="panel" style={{ width: '100%', maxWidth: '32rem' }}>
      <form onSubmit={send} noValidate>
        {refusal !== null && (
          <p className="notice" role="alert">
            {w.notSigned} {refusal instanceof Refusal && refusal.problem.code === 'invalid' ? w.required : problemText(refusal)}
          </p>
        )}
        <label htmlFor={id}>
          {w.name}
          <input id={id} value={name} maxLength={200} autoComplete="name" onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <label className="tick">
          <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.currentTarget.checked)} /> {w.agrees}
        </label>
        <p>
          <button type="submit" className="button first">
            {w.sign}
          </button>
        </p>
      </form>
    </div>
  );
}
