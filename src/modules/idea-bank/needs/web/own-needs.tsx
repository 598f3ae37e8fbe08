import { useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { longDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OwnForm, OwnSaid, useOwnPart } from '../../../../ui/own-part.tsx';
import { type ClassPart, classParts } from '../../../catalogue/classes/contract.ts';
import type { NeedField } from '../../../companies/needs/contract.ts';
import { type OwnNeed, type OwnNeeds, readOwnNeeds, withdrawOwnNeed, writeOwnNeed } from '../contract.ts';
import { pooledNeedsWords } from '../words.ts';
import { useNeedLine } from './facts.tsx';

/** On the company's own page: what it needs, in a minute, and how many others want the same (row 4.02). */
export function OwnNeedsSection({ token }: { token: string }) {
  const all = useWords(pooledNeedsWords);
  const w = all.own;
  const line = useNeedLine();
  const { language } = useLanguage();
  const part = useOwnPart<OwnNeeds, OwnNeed | 'new'>(token, (key) => call(readOwnNeeds, { body: { token: key } }));
  const { page, open, act, choose } = part;
  if (page === null) return null;
  return (
    <section aria-labelledby="needs">
      <h2 id="needs">{w.title}</h2>
      <p>{w.lead}</p>
      <OwnSaid part={part} notSaved={w.notSent} invalid={w.required} />
      {page !== null && page.needs.length === 0 && open === null && <p>{w.none}</p>}
      <ul className="contacts">
        {page?.needs.map((need) =>
          open !== null && open !== 'new' && open.id === need.id ? (
            <li key={need.id}>
              <NeedFields page={page} need={need} token={token} onSend={(work) => act(work, w.saved)} onClose={() => choose(null)} />
            </li>
          ) : (
            <li key={need.id}>
              <b>{need.what}</b>
              <span>{[all.people(need.heads), ...(need.course === null ? [] : [need.course]), line(need)].join(' · ')}</span>
              {need.state === 'placed' ? (
                <>
                  <span>{w.placed}</span>
                  {need.seats.map(({ title, school, town, starts, state }) => (
                    <span key={`${title} ${starts}`}>
                      {w.seat(title, town === '' ? school : `${town}, ${school}`, longDay(language, starts))} {w.seatStates[state]}
                    </span>
                  ))}
                </>
              ) : (
                <>
                  <span>{need.others.companies === null || need.others.seats === null ? w.few(page.threshold) : w.matching(need.others.companies, need.others.seats)}</span>
                  {need.known.length > 0 && <span>{w.known(need.known.map(({ name, town }) => (town === '' ? name : `${name}, ${town}`)).join('; '))}</span>}
                  {need.heads === 1 && <span>{all.alone}</span>}
                  <span>
                    <button
                      type="button"
                      className="button"
                      aria-label={`${w.change}: ${need.what}`}
                      onClick={() => {
                        choose(need);
                      }}
                    >
                      {w.change}
                    </button>{' '}
                    <button
                      type="button"
                      className="button"
                      aria-label={`${w.withdraw}: ${need.what}`}
                      onClick={() => act(call(withdrawOwnNeed, { body: { token, need: need.id } }, { key: v4() }), w.withdrawn)}
                    >
                      {w.withdraw}
                    </button>
                  </span>
                </>
              )}
            </li>
          ),
        )}
      </ul>
      {open === 'new' && page !== null && <NeedFields page={page} need={null} token={token} onSend={(work) => act(work, w.sent)} onClose={() => choose(null)} />}
      {open === null && page !== null && (
        <p>
          <button
            type="button"
            className="button first"
            onClick={() => {
              choose('new');
            }}
          >
            {w.add}
          </button>
        </p>
      )}
    </section>
  );
}

interface Props {
  page: OwnNeeds;
  need: OwnNeed | null;
  token: string;
  onSend(work: Promise<OwnNeeds>): Promise<unknown>;
  onClose(): void;
}

function NeedFields({ page, need, token, onSend, onClose }: Props) {
  const all = useWords(pooledNeedsWords);
  const w = all.own;
  const [values, setValues] = useState({
    what: need?.what ?? '',
    course: page.courses.find(({ title }) => title === need?.course)?.id ?? '',
    heads: String(need?.heads ?? ''),
    earliest: String(need?.earliest ?? page.today),
    latest: String(need?.latest ?? ''),
    parts: (need?.parts ?? []) as ClassPart[],
    weekdays: need?.weekdays ?? [],
    km: need === null ? '30' : String(need.km ?? ''),
    urgency: String(need?.urgency ?? 0),
    meet: need?.meet ?? false,
  });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const turn = <T,>(held: readonly T[], value: T) => (held.includes(value) ? held.filter((each) => each !== value) : [...held, value]);
  const send = () => {
    const course = page.courses.find(({ id }) => String(id) === values.course);
    const field: NeedField = course?.field ?? need?.field ?? 'other';
    const body = {
      token,
      need: need === null ? null : { id: need.id, version: need.version },
      what: values.what,
      course: course?.id ?? null,
      field,
      heads: Number(values.heads),
      earliest: values.earliest,
      latest: values.latest,
      weekdays: values.weekdays,
      parts: values.parts,
      km: values.km === '' ? null : Number(values.km),
      fit: need?.fit ?? null,
      urgency: Number(values.urgency),
      meet: values.meet,
    };
    return onSend(call(writeOwnNeed, { body }, { key: v4() }));
  };
  return (
    <OwnForm save={need === null ? w.send : w.save} cancel={w.cancel} onSend={send} onClose={onClose}>
      <label htmlFor="need-what">
        {w.what}
        <input id="need-what" value={values.what} maxLength={200} autoComplete="off" aria-describedby="need-help" onChange={(event) => set({ what: event.currentTarget.value })} />
      </label>
      <p id="need-help">{w.whatHelp}</p>
      <label htmlFor="need-heads">
        {all.heads}
        <input id="need-heads" value={values.heads} inputMode="numeric" maxLength={3} autoComplete="off" onChange={(event) => set({ heads: event.currentTarget.value })} />
      </label>
      {values.heads === '1' && <p role="status">{all.alone}</p>}
      <label htmlFor="need-course">
        {w.course} {w.optional}
        <select id="need-course" value={values.course} onChange={(event) => set({ course: event.currentTarget.value })}>
          <option value="">{all.noCourse}</option>
          {page.courses.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="need-earliest">
        {all.earliest}
        <input id="need-earliest" type="date" value={values.earliest} onChange={(event) => set({ earliest: event.currentTarget.value })} />
      </label>
      <label htmlFor="need-latest">
        {all.latest}
        <input id="need-latest" type="date" value={values.latest} onChange={(event) => set({ latest: event.currentTarget.value })} />
      </label>
      <fieldset>
        <legend>
          {all.parts} {w.optional}
        </legend>
        {classParts.map((part) => (
          <label key={part} className="tick">
            <input type="checkbox" checked={values.parts.includes(part)} onChange={() => set({ parts: turn(values.parts, part) })} /> {all.part[part]}
          </label>
        ))}
      </fieldset>
      <label htmlFor="need-km">
        {w.km} {w.optional}
        <input id="need-km" value={values.km} inputMode="numeric" maxLength={3} autoComplete="off" onChange={(event) => set({ km: event.currentTarget.value })} />
      </label>
      <label htmlFor="need-urgency">
        {all.urgency}
        <select id="need-urgency" value={values.urgency} onChange={(event) => set({ urgency: event.currentTarget.value })}>
          {all.urgencies.map((label, value) => (
            <option key={label} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="tick">
        <input type="checkbox" checked={values.meet} onChange={(event) => set({ meet: event.currentTarget.checked })} /> {all.meet}
      </label>
      <p>{all.meetHelp}</p>
    </OwnForm>
  );
}
