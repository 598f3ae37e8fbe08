import { useEffect, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { download } from '../../../../ui/download.ts';
import { listed, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { useProblemText } from '../../../../ui/problem-words.tsx';
import { type OwnPunchCard, printOwnPunchCard, readOwnPunchCards } from '../contract.ts';
import { punchCardsWords } from '../words.ts';

/** On the company's own page: its punch cards (rows 4.06 and X.5). Nothing stands there where it has none. */
export function OwnPunchCardsSection({ token }: { token: string }) {
  const all = useWords(punchCardsWords);
  const w = all.own;
  const { language } = useLanguage();
  const problemText = useProblemText();
  const [own, setOwn] = useState<OwnPunchCard[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  useEffect(() => {
    call(readOwnPunchCards, { body: { token } }).then(setOwn, setRefusal);
  }, [token]);
  if (own.length === 0 && refusal === null) return null;
  const day = (of: string) => shortDay(language, of);
  return (
    <section aria-labelledby="punch-cards">
      <h2 id="punch-cards">{w.title}</h2>
      {refusal !== null && (
        <p className="notice" role="alert">
          {problemText(refusal)}
        </p>
      )}
      <ul className="contacts">
        {own.map((card) => (
          <li key={card.id}>
            <b>{card.name}</b>
            <span>{[all.left(card.balance, card.units), all.states[card.state], w.until(day(card.validTo))].join(' · ')}</span>
            <span>{w.at(listed(language, [card.school, ...card.honouredBy]))}</span>
            {card.entries.map((entry, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no other name here, and stay in their order
              <span key={at}>{w.entry(day(entry.day), all.kinds[entry.kind].toLowerCase(), entry.units, entry.about)}</span>
            ))}
            <span>
              <button
                type="button"
                className="button"
                aria-label={w.pdfOf(card.name)}
                onClick={() => {
                  setRefusal(null);
                  download(printOwnPunchCard, { params: { punchCard: card.id }, body: { token } }, `${card.name}.pdf`).catch(setRefusal);
                }}
              >
                {w.pdf}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
