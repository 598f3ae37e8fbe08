import { useEffect, useState } from 'react';
import type { OutputOf } from '../../kit/endpoint.ts';
import { readAccessibility } from '../../modules/organisation/centre/contract.ts';
import { call } from '../../ui/client.ts';
import { writtenDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { publicWords } from '../words.ts';

/** The statement that the Danish web accessibility law asks for, with each centre's own contact. */
export function AccessibilityPage() {
  const w = useWords(publicWords);
  const { language } = useLanguage();
  const [contacts, setContacts] = useState<OutputOf<typeof readAccessibility>>([]);
  useEffect(() => {
    document.title = `${w.accessibility} – Vejnet`;
    call(readAccessibility, {}).then(setContacts, () => undefined);
  }, [w]);
  return (
    <main className="plain" id="main">
      <div className="read">
        <h1>{w.accessibility}</h1>
        <p>{w.accessibilityAim}</p>
        <h2>{w.accessibilityHowTitle}</h2>
        <p>{w.accessibilityHow}</p>
        <h2>{w.accessibilityKnownTitle}</h2>
        <p>{w.accessibilityKnown}</p>
        <h2>{w.accessibilityContactTitle}</h2>
        <p>{w.accessibilityContact}</p>
        <ul className="contacts">
          {contacts.map((each) => (
            <li key={each.centre}>
              <b>{each.centre}</b>
              {each.email === '' && each.phone === '' && <span>{w.accessibilityNoContact}</span>}
              {each.email !== '' && <a href={`mailto:${each.email}`}>{each.email}</a>}
              {each.phone !== '' && <a href={`tel:${each.phone.replaceAll(/\s/g, '')}`}>{each.phone}</a>}
              {each.reviewedOn !== null && <span>{w.accessibilityReviewed(writtenDay(language, each.reviewedOn))}</span>}
            </li>
          ))}
        </ul>
        <p>
          {w.accessibilityComplaint} <a href="https://was.digst.dk">was.digst.dk</a>
        </p>
      </div>
    </main>
  );
}
