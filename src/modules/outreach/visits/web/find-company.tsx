import { IconBuildingFactory2 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { listCompanies } from '../../../companies/register/contract.ts';
import type { Draft } from '../contract.ts';
import { phoneWords } from '../words.ts';
import { useStanding } from './answer.tsx';
import { reaching } from './courier.tsx';
import { fieldId } from './report-parts.tsx';

type Company = NonNullable<Draft['company']>;
interface Props {
  company: Draft['company'];
  /** Given where the company is the meeting’s. */
  fixed: boolean;
  onPick(company: Company | null): void;
}

/** Which company was visited: the meeting’s, or one that is looked up. */
export function FindCompany({ company, fixed, onPick }: Props) {
  const w = useWords(phoneWords);
  const { reach } = useStanding();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<Company[] | null>(null);
  useEffect(() => {
    if (search.trim().length < 2) return setFound(null);
    const stop = new AbortController();
    const soon = setTimeout(
      () =>
        reaching(call(listCompanies, { query: { search: search.trim(), limit: 8 } }, { signal: stop.signal })).then(
          ({ items }) => setFound(items),
          () => undefined, // without an answer the list stays as it is
        ),
      200,
    );
    return () => {
      clearTimeout(soon);
      stop.abort();
    };
  }, [search]);
  const id = fieldId('company');
  if (company !== null)
    return (
      <section className="chosen">
        <IconBuildingFactory2 size={20} stroke={1.75} aria-hidden="true" />
        <p>
          <b>{company.name}</b>
          {company.town !== null && <span className="small">{company.town}</span>}
        </p>
        {!fixed && (
          <button type="button" className="quiet" id={id} onClick={() => onPick(null)}>
            {w.otherCompany}
          </button>
        )}
      </section>
    );
  return (
    <section>
      <label className="field" htmlFor={id}>
        <span>{w.findCompany}</span>
        <span className="small" id="find-help">
          {reach ? w.findCompanyHelp : w.findOffline}
        </span>
        <input id={id} type="search" autoComplete="off" aria-describedby="find-help" value={search} onChange={(event) => setSearch(event.target.value)} />
      </label>
      <div role="status">{found?.length === 0 && <p className="small">{w.foundNone}</p>}</div>
      {found !== null && found.length > 0 && (
        <ul className="schools">
          {found.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                onClick={() => {
                  setSearch('');
                  onPick({ id: each.id, name: each.name, town: each.town });
                }}
              >
                <span>
                  {each.name}
                  {each.town !== null && <span className="small">{each.town}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
