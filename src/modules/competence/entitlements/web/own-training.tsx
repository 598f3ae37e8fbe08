import { type ReactNode, useEffect, useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { figure, longDay, shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OwnForm, OwnSaid, useOwnPart } from '../../../../ui/own-part.tsx';
import {
  addOwnEmployees,
  bookOwnDays,
  type OwnTraining,
  readOwnTraining,
  removeOwnEmployee,
  removeOwnRight,
  renewOwnRight,
  type TrainingRight,
  undoOwnDays,
  writeOwnEmployee,
  writeOwnRight,
} from '../contract.ts';
import { entitlementsWords } from '../words.ts';

type Employee = OwnTraining['employees'][number];
type Open = { what: 'employees' | 'new right' } | { what: 'employee' | 'leaving'; employee: Employee } | { what: 'right' | 'book'; right: TrainingRight };
type Act = (work: Promise<OwnTraining>, said: string) => Promise<unknown>;

/** "3,5" and "3.5" alike; what is no number stays none, and the server says so. */
const readNumber = (written: string): number => Number(written.trim() === '' ? Number.NaN : written.trim().replace(',', '.'));

/** On the company's own page: who works here, and how many training days each has used and has left (row 4.18). Only whoever leads there sees it. `onNames`: whom other parts of the page may suggest. */
export function OwnTrainingSection({ token, onNames }: { token: string; onNames?(names: string[]): void }) {
  const w = useWords(entitlementsWords);
  const { language } = useLanguage();
  const part = useOwnPart<OwnTraining, Open>(token, (key) => call(readOwnTraining, { body: { token: key } }));
  const { page, open, act, choose } = part;
  useEffect(() => {
    if (page !== null) onNames?.(page.employees.map(({ name }) => name));
  }, [page, onNames]);
  // A page that is gone says so itself.
  if (page === null || !page.leader) return null;
  const close = () => choose(null);
  const days = (value: number) => figure(language, value);
  const teams = [...Map.groupBy(page.employees, ({ team }) => team)];
  return (
    <section aria-labelledby="training">
      <h2 id="training">{w.title}</h2>
      <p>{w.lead}</p>
      <OwnSaid part={part} notSaved={w.notSaved} invalid={w.required} />
      {page.rights.length === 0 && <p>{w.none}</p>}
      {page.rights.map((right) => (
        <div key={right.id} className="kind">
          <h3>{right.name}</h3>
          <p>
            {[
              w.facts(days(right.days), shortDay(language, right.firstDay), shortDay(language, right.lastDay), w.states[right.state]),
              ...(right.carries ? [w.carriesShort] : []),
              ...(right.advance > 0 ? [w.advanceShort(days(right.advance))] : []),
            ].join(' · ')}
          </p>
          <ul className="contacts">
            {right.teams.map(({ team, people, used, left }) => (
              <li key={team}>
                <b>{team}</b>
                <span>{w.teamLine(days(used), days(left), w.employeeCount(people))}</span>
              </li>
            ))}
          </ul>
          {right.accounts.length > 0 && (
            <details>
              <summary>{w.each}</summary>
              <ul className="contacts">
                {right.accounts.map(({ employee, name, team, used, left, carried }) => (
                  <li key={employee}>
                    <b>{name ?? `${w.left} (${team})`}</b>
                    <span>{[w.personLine(days(used), days(left)), ...(carried === 0 ? [] : [w.carriedIn(days(carried))])].join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
          {right.entries.length > 0 && (
            <details>
              <summary>{w.entries}</summary>
              <ul className="contacts">
                {right.entries.map(({ id, name, days: count, day, about, state }) => {
                  const line = w.entry(name ?? w.left, days(count), shortDay(language, day), about);
                  return (
                    <li key={id}>
                      <span>{state === 'used' ? line : `${line} (${state === 'counter' ? w.counter : w.undone})`}</span>
                      {state === 'used' && right.state !== 'closed' && (
                        <button type="button" className="button" aria-label={w.undoOf(line)} onClick={() => act(call(undoOwnDays, { body: { token, entry: id } }, { key: v4() }), w.undoneNow)}>
                          {w.undo}
                        </button>
                      )}
                    </li>
                  );
                })}
              </ul>
            </details>
          )}
          {open?.what === 'book' && open.right.id === right.id && <BookForm page={page} right={right} token={token} act={act} onClose={close} />}
          {open?.what === 'right' && open.right.id === right.id && <RightForm page={page} right={right} token={token} act={act} onClose={close} />}
          {open === null && right.state !== 'closed' && (
            <p className="buttons">
              {page.employees.length > 0 && (
                <button type="button" className="button first" aria-label={w.bookOn(right.name)} onClick={() => choose({ what: 'book', right })}>
                  {w.book}
                </button>
              )}
              {right.state === 'over' && (
                <button type="button" className="button" onClick={() => act(call(renewOwnRight, { body: { token, right: right.id } }, { key: v4() }), w.renewed)}>
                  {w.renew}
                </button>
              )}
              <button type="button" className="button" aria-label={w.changeRight(right.name)} onClick={() => choose({ what: 'right', right })}>
                {w.change}
              </button>
              {right.entries.length === 0 && (
                <button type="button" className="button" aria-label={w.removeOf(right.name)} onClick={() => act(call(removeOwnRight, { body: { token, right: right.id } }, { key: v4() }), w.saved)}>
                  {w.remove}
                </button>
              )}
            </p>
          )}
        </div>
      ))}
      {open?.what === 'new right' && <RightForm page={page} right={null} token={token} act={act} onClose={close} />}
      <h3>{w.employees}</h3>
      {page.employees.length === 0 && <p>{w.noEmployees}</p>}
      {teams.map(([team, people]) => (
        <details key={team} open={open !== null && 'employee' in open && open.employee.team === team ? true : undefined}>
          <summary>
            {team}: {w.employeeCount(people.length)}
          </summary>
          <ul className="contacts">
            {people.map((employee) => {
              const { id, name } = employee;
              if (open?.what === 'employee' && open.employee.id === id) return <EmployeeForm key={id} employee={employee} token={token} act={act} onClose={close} />;
              if (open?.what === 'leaving' && open.employee.id === id)
                return (
                  <li key={id}>
                    <span role="alert">{w.sureGone(name)}</span>
                    <span className="buttons">
                      <button type="button" className="button first" onClick={() => act(call(removeOwnEmployee, { body: { token, employee: id } }, { key: v4() }), w.forgotten)}>
                        {w.yesGone}
                      </button>
                      <button type="button" className="button" onClick={close}>
                        {w.cancel}
                      </button>
                    </span>
                  </li>
                );
              return (
                <li key={id}>
                  <b>{name}</b>
                  <span className="buttons">
                    <button type="button" className="button" aria-label={w.changeOf(name)} onClick={() => choose({ what: 'employee', employee })}>
                      {w.change}
                    </button>
                    <button type="button" className="button" aria-label={w.goneOf(name)} onClick={() => choose({ what: 'leaving', employee })}>
                      {w.gone}
                    </button>
                  </span>
                </li>
              );
            })}
          </ul>
        </details>
      ))}
      {open?.what === 'employees' && <EmployeesForm token={token} teams={teams.map(([team]) => team)} act={act} onClose={close} />}
      {open === null && (
        <p className="buttons">
          <button type="button" className="button" onClick={() => choose({ what: 'employees' })}>
            {w.addEmployees}
          </button>
          <button type="button" className="button" onClick={() => choose({ what: 'new right' })}>
            {w.addRight}
          </button>
        </p>
      )}
    </section>
  );
}

function Fields(props: { onSend(): Promise<unknown>; onClose(): void; children: ReactNode }) {
  const { save, cancel } = useWords(entitlementsWords);
  return <OwnForm save={save} cancel={cancel} {...props} />;
}

interface Within {
  token: string;
  act: Act;
  onClose(): void;
}

function EmployeesForm({ token, teams, act, onClose }: Within & { teams: string[] }) {
  const w = useWords(entitlementsWords);
  const [team, setTeam] = useState('');
  const [names, setNames] = useState('');
  const send = () => {
    const each = names
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    return act(call(addOwnEmployees, { body: { token, team, names: each } }, { key: v4() }), w.saved);
  };
  return (
    <Fields onSend={send} onClose={onClose}>
      <label htmlFor="employees-team">
        {w.team}
        <input id="employees-team" value={team} maxLength={60} list="employees-teams" autoComplete="off" aria-describedby="employees-help" onChange={(event) => setTeam(event.currentTarget.value)} />
      </label>
      <datalist id="employees-teams">
        {teams.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <p id="employees-help">{w.teamHelp}</p>
      <label htmlFor="employees-names">
        {w.names}
        <textarea id="employees-names" value={names} rows={5} autoComplete="off" onChange={(event) => setNames(event.currentTarget.value)} />
      </label>
    </Fields>
  );
}

function EmployeeForm({ employee, token, act, onClose }: Within & { employee: Employee }) {
  const w = useWords(entitlementsWords);
  const [name, setName] = useState(employee.name);
  const [team, setTeam] = useState(employee.team);
  return (
    <li>
      <Fields onSend={() => act(call(writeOwnEmployee, { body: { token, employee: employee.id, name, team } }, { key: v4() }), w.saved)} onClose={onClose}>
        <label htmlFor="employee-name">
          {w.name}
          <input id="employee-name" value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <label htmlFor="employee-team">
          {w.team}
          <input id="employee-team" value={team} maxLength={60} autoComplete="off" onChange={(event) => setTeam(event.currentTarget.value)} />
        </label>
      </Fields>
    </li>
  );
}

function RightForm({ page, right, token, act, onClose }: Within & { page: OwnTraining; right: TrainingRight | null }) {
  const w = useWords(entitlementsWords);
  const { language } = useLanguage();
  const year = (page.today ?? '').slice(0, 4);
  const [values, setValues] = useState({
    name: right?.name ?? '',
    days: right === null ? '' : figure(language, right.days),
    firstDay: String(right?.firstDay ?? `${year}-01-01`),
    lastDay: String(right?.lastDay ?? `${year}-12-31`),
    carries: right?.carries ?? false,
    advance: right === null || right.advance === 0 ? '' : figure(language, right.advance),
    remind: right === null ? '60' : String(right.remindDays ?? ''),
  });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const send = () => {
    const { name, firstDay, lastDay, carries } = values;
    const facts = {
      name,
      days: readNumber(values.days),
      firstDay,
      lastDay,
      carries,
      advance: values.advance.trim() === '' ? 0 : readNumber(values.advance),
      remindDays: values.remind.trim() === '' ? null : readNumber(values.remind),
    };
    return act(call(writeOwnRight, { body: { token, right: right === null ? null : { id: right.id, version: right.version }, ...facts } }, { key: v4() }), w.saved);
  };
  return (
    <Fields onSend={send} onClose={onClose}>
      <label htmlFor="right-name">
        {w.rightName}
        <input id="right-name" value={values.name} maxLength={100} autoComplete="off" aria-describedby="right-name-help" onChange={(event) => set({ name: event.currentTarget.value })} />
      </label>
      <p id="right-name-help">{w.rightNameHelp}</p>
      <label htmlFor="right-days">
        {w.days}
        <input
          id="right-days"
          value={values.days}
          inputMode="decimal"
          maxLength={5}
          autoComplete="off"
          aria-describedby="right-days-help"
          onChange={(event) => set({ days: event.currentTarget.value })}
        />
      </label>
      <p id="right-days-help">{w.daysHelp}</p>
      <label htmlFor="right-first">
        {w.firstDay}
        <input id="right-first" type="date" value={values.firstDay} onChange={(event) => set({ firstDay: event.currentTarget.value })} />
      </label>
      <label htmlFor="right-last">
        {w.lastDay}
        <input id="right-last" type="date" value={values.lastDay} onChange={(event) => set({ lastDay: event.currentTarget.value })} />
      </label>
      <label className="tick">
        <input type="checkbox" checked={values.carries} onChange={(event) => set({ carries: event.currentTarget.checked })} /> {w.carries}
      </label>
      <label htmlFor="right-advance">
        {w.advance} {w.optional}
        <input id="right-advance" value={values.advance} inputMode="decimal" maxLength={5} autoComplete="off" onChange={(event) => set({ advance: event.currentTarget.value })} />
      </label>
      <label htmlFor="right-remind">
        {w.remind} {w.optional}
        <input
          id="right-remind"
          value={values.remind}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          aria-describedby="right-remind-help"
          onChange={(event) => set({ remind: event.currentTarget.value })}
        />
      </label>
      <p id="right-remind-help">{w.remindHelp}</p>
    </Fields>
  );
}

function BookForm({ page, right, token, act, onClose }: Within & { page: OwnTraining; right: TrainingRight }) {
  const w = useWords(entitlementsWords);
  const { language } = useLanguage();
  const [who, setWho] = useState<Employee['id'][]>([]);
  const [count, setCount] = useState('1');
  const [day, setDay] = useState(String(page.today ?? ''));
  const [about, setAbout] = useState('');
  const [seat, setSeat] = useState('');
  const turn = (id: Employee['id']) => setWho((held) => (held.includes(id) ? held.filter((each) => each !== id) : [...held, id]));
  const send = () => {
    const body = { token, right: right.id, employees: who, days: readNumber(count), day, about, seat: page.seats.find(({ id }) => String(id) === seat)?.id ?? null };
    return act(call(bookOwnDays, { body }, { key: v4() }), w.booked);
  };
  return (
    <Fields onSend={send} onClose={onClose}>
      <fieldset>
        <legend>{w.who}</legend>
        {right.accounts
          .filter(({ name }) => name !== null)
          .map(({ employee, name, team, left }) => (
            <label key={employee} className="tick">
              <input type="checkbox" checked={who.includes(employee)} onChange={() => turn(employee)} /> {name} ({team}, {w.leftHead.toLowerCase()} {figure(language, left)})
            </label>
          ))}
      </fieldset>
      <label htmlFor="book-days">
        {w.howMany}
        <input id="book-days" value={count} inputMode="decimal" maxLength={5} autoComplete="off" onChange={(event) => setCount(event.currentTarget.value)} />
      </label>
      <label htmlFor="book-day">
        {w.when}
        <input id="book-day" type="date" value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      </label>
      <label htmlFor="book-about">
        {w.what}
        <input id="book-about" value={about} maxLength={200} autoComplete="off" onChange={(event) => setAbout(event.currentTarget.value)} />
      </label>
      {page.seats.length > 0 && (
        <label htmlFor="book-seat">
          {w.seat} {w.optional}
          <select id="book-seat" value={seat} onChange={(event) => setSeat(event.currentTarget.value)}>
            <option value="">{w.noSeat}</option>
            {page.seats.map(({ id, title, starts }) => (
              <option key={id} value={id}>
                {title}, {longDay(language, starts)}
              </option>
            ))}
          </select>
        </label>
      )}
    </Fields>
  );
}
