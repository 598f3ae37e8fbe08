import { type ReactNode, useState } from 'react';
import { v4 } from 'uuid';
import { call } from '../../../../ui/client.ts';
import { shortDay } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { OwnForm, OwnSaid, useOwnPart } from '../../../../ui/own-part.tsx';
import { addToOwnPool, closeOwnPool, type OwnPool, poolUnits, readOwnPool, replacePoolMember, startOwnPool } from '../contract.ts';
import { poolWords } from '../words.ts';
import { readAmount, useAmount } from './amount.tsx';

type Pool = NonNullable<OwnPool['pool']>;
type Member = Pool['members'][number];
type Open = 'start' | 'add' | 'close' | Member;

/** On the company's own page: the pool that employees govern, for whoever leads there (row 4.19). */
export function OwnPoolSection({ token }: { token: string }) {
  const w = useWords(poolWords).own;
  const { language } = useLanguage();
  const amount = useAmount();
  const part = useOwnPart<OwnPool, Open>(token, (key) => call(readOwnPool, { body: { token: key } }));
  const { page, open, act, choose } = part;
  if (page === null || !page.leader) return null;
  const { pool } = page;
  const close = () => choose(null);
  return (
    <section aria-labelledby="own-pool">
      <h2 id="own-pool">{w.title}</h2>
      <p>{w.lead}</p>
      <OwnSaid part={part} notSaved={w.notSaved} invalid={w.required} />
      {pool === null && open !== 'start' && (
        <>
          <p>{w.none}</p>
          <p className="buttons">
            <button type="button" className="button" onClick={() => choose('start')}>
              {w.start}
            </button>
          </p>
        </>
      )}
      {pool === null && open === 'start' && <StartForm onSend={(body) => act(call(startOwnPool, { body: { token, ...body } }, { key: v4() }), w.started)} onClose={close} />}
      {pool !== null && (
        <div className="kind">
          <h3>{pool.name}</h3>
          <p>{w.left(amount(pool.unit, pool.balance), amount(pool.unit, pool.putIn))}</p>
          <p>
            <a href={pool.form}>{w.form}</a>. {w.formText(pool.code)}
          </p>
          <h3>{w.board}</h3>
          <ul className="contacts">
            {pool.members.map((member) => (
              <li key={member.id}>
                <b>{member.name}</b>
                {typeof open === 'object' && open?.id === member.id ? (
                  <MemberForm onSend={(by) => act(call(replacePoolMember, { body: { token, member: member.id, by: { ...by, language } } }, { key: v4() }), w.replaced)} onClose={close} />
                ) : (
                  <>
                    {member.link === null ? (
                      <span>{w.hasMail}</span>
                    ) : (
                      <a href={member.link} aria-label={`${w.link}: ${member.name}`}>
                        {w.link}
                      </a>
                    )}
                    <button type="button" className="button" aria-label={w.replaceOf(member.name)} onClick={() => choose(member)}>
                      {w.replace}
                    </button>
                  </>
                )}
              </li>
            ))}
          </ul>
          {pool.decided.length > 0 && (
            <details>
              <summary>{w.decided}</summary>
              <ul className="contacts">
                {pool.decided.map(({ id, what, amount: asked, state, person, day }) => (
                  <li key={id}>
                    <span>{[w.line(what, amount(pool.unit, asked), state === 'granted' ? w.granted : w.declined, shortDay(language, day)), ...(person === null ? [] : [person])].join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
          {open === 'add' && <AddForm unit={pool.unit} onSend={(more) => act(call(addToOwnPool, { body: { token, pool: pool.id, amount: more } }, { key: v4() }), w.added)} onClose={close} />}
          {open === 'close' && (
            <>
              <p role="alert">{w.sure}</p>
              <p className="buttons">
                <button type="button" className="button first" onClick={() => act(call(closeOwnPool, { body: { token, pool: pool.id } }, { key: v4() }), w.closed)}>
                  {w.yes}
                </button>
                <button type="button" className="button" onClick={close}>
                  {w.cancel}
                </button>
              </p>
            </>
          )}
          {open === null && (
            <p className="buttons">
              <button type="button" className="button" onClick={() => choose('add')}>
                {w.add}
              </button>
              <button type="button" className="button" onClick={() => choose('close')}>
                {w.close}
              </button>
            </p>
          )}
        </div>
      )}
    </section>
  );
}

function Fields(props: { onSend(): Promise<unknown>; onClose(): void; children: ReactNode }) {
  const { save, cancel } = useWords(poolWords).own;
  return <OwnForm save={save} cancel={cancel} {...props} />;
}

const addressed = ({ name, email }: { name: string; email: string }) => ({ name, email: email.trim() === '' ? null : email.trim() });

function StartForm({
  onSend,
  onClose,
}: {
  onSend(body: { name: string; unit: Pool['unit']; amount: number; members: { name: string; email: string | null; language: 'da' | 'en' }[] }): Promise<unknown>;
  onClose(): void;
}) {
  const w = useWords(poolWords).own;
  const { language } = useLanguage();
  const [name, setName] = useState('');
  const [unit, setUnit] = useState<Pool['unit']>('money');
  const [amount, setAmount] = useState('');
  const [members, setMembers] = useState(() => ['1', '2', '3', '4', '5'].map((key) => ({ key, name: '', email: '' })));
  const change = (key: string, part: { name?: string; email?: string }) => setMembers((before) => before.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const send = () => onSend({ name, unit, amount: readAmount(unit, amount), members: members.filter((each) => each.name.trim() !== '').map((each) => ({ ...addressed(each), language })) });
  return (
    <Fields onSend={send} onClose={onClose}>
      <label htmlFor="pool-name">
        {w.name}
        <input id="pool-name" value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <label htmlFor="pool-unit">
        {w.unit}
        <select id="pool-unit" value={unit} onChange={(event) => setUnit(event.currentTarget.value as Pool['unit'])}>
          {poolUnits.map((each) => (
            <option key={each} value={each}>
              {w.units[each]}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="pool-amount">
        {w.amount[unit]}
        <input id="pool-amount" value={amount} maxLength={12} inputMode="decimal" autoComplete="off" onChange={(event) => setAmount(event.currentTarget.value)} />
      </label>
      <p>{w.members}</p>
      {members.map(({ key, name: of, email }, at) => (
        <div key={key} className="pair">
          <label htmlFor={`pool-member-${key}`}>
            {w.member(at + 1)}
            <input id={`pool-member-${key}`} value={of} maxLength={100} autoComplete="off" onChange={(event) => change(key, { name: event.currentTarget.value })} />
          </label>
          <label htmlFor={`pool-email-${key}`}>
            {w.email(at + 1)}
            <input id={`pool-email-${key}`} value={email} type="email" maxLength={320} autoComplete="off" onChange={(event) => change(key, { email: event.currentTarget.value })} />
          </label>
        </div>
      ))}
    </Fields>
  );
}

function AddForm({ unit, onSend, onClose }: { unit: Pool['unit']; onSend(amount: number): Promise<unknown>; onClose(): void }) {
  const w = useWords(poolWords).own;
  const [amount, setAmount] = useState('');
  return (
    <Fields onSend={() => onSend(readAmount(unit, amount))} onClose={onClose}>
      <label htmlFor="pool-more">
        {w.more[unit]}
        <input id="pool-more" value={amount} maxLength={12} inputMode="decimal" autoComplete="off" onChange={(event) => setAmount(event.currentTarget.value)} />
      </label>
    </Fields>
  );
}

function MemberForm({ onSend, onClose }: { onSend(by: { name: string; email: string | null }): Promise<unknown>; onClose(): void }) {
  const w = useWords(poolWords).own;
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  return (
    <Fields onSend={() => onSend(addressed({ name, email }))} onClose={onClose}>
      <label htmlFor="pool-new-name">
        {w.newName}
        <input id="pool-new-name" value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <label htmlFor="pool-new-email">
        {w.newEmail}
        <input id="pool-new-email" value={email} type="email" maxLength={320} autoComplete="off" onChange={(event) => setEmail(event.currentTarget.value)} />
      </label>
    </Fields>
  );
}
