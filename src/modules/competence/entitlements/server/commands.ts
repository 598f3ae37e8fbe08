import { type RawBuilder, sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { ownTraining } from './queries.ts';

/** What the functions of the gate answer, as problems of the contract. */
const problems: Record<string, string> = {
  gone: 'page_gone',
  changed: 'right_changed',
  closed: 'right_closed',
  running: 'right_running',
  in_use: 'right_in_use',
  outside: 'days_outside',
  used_more: 'used_more',
  not_enough: 'not_enough_days',
  undone: 'entry_undone',
};

/** Does something on the company's page, and answers with the page as it is then. */
async function onPage<E extends Endpoint>(
  context: Context,
  endpoint: E,
  body: { token: string },
  own: Record<string, ErrorOf<E>>,
  work: (hash: Buffer) => RawBuilder<unknown>,
): Promise<contract.OwnTraining> {
  const done = await sql<{ result: string }>`select ${work(tokenHash(body.token))} result`.execute(context.tx);
  const result = done.rows[0]?.result ?? 'gone';
  if (result !== 'done') throw refuse(endpoint, own[result] ?? (problems[result] as ErrorOf<E>));
  return ownTraining(context, { body });
}

export const addOwnEmployees = (context: Context, { body }: InputOf<typeof contract.addOwnEmployees>) =>
  onPage(
    context,
    contract.addOwnEmployees,
    body,
    { too_many: 'too_many_employees' },
    (hash) => sql`vn.add_employees_on_page(${hash}, ${sql.val(body.names.map(() => context.newId()))}::uuid[], ${sql.val(body.names)}::text[], ${body.team})`,
  );

export const writeOwnEmployee = (context: Context, { body }: InputOf<typeof contract.writeOwnEmployee>) =>
  onPage(context, contract.writeOwnEmployee, body, { unknown: 'employee_unknown' }, (hash) => sql`vn.write_employee_on_page(${hash}, ${body.employee}, ${body.name}, ${body.team})`);

export const removeOwnEmployee = (context: Context, { body }: InputOf<typeof contract.removeOwnEmployee>) =>
  onPage(context, contract.removeOwnEmployee, body, { unknown: 'employee_unknown' }, (hash) => sql`vn.remove_employee_on_page(${hash}, ${body.employee})`);

export function writeOwnRight(context: Context, { body }: InputOf<typeof contract.writeOwnRight>) {
  const { right, name, days, firstDay, lastDay, carries, advance, remindDays } = body;
  const facts = { name, days, first_day: firstDay, last_day: lastDay, carries, advance, remind_days: remindDays };
  return onPage(
    context,
    contract.writeOwnRight,
    body,
    { unknown: 'right_unknown', too_many: 'too_many_rights' },
    (hash) => sql`vn.write_right_on_page(${hash}, ${right?.id ?? context.newId()}, ${right?.version ?? 0}, ${JSON.stringify(facts)}::jsonb)`,
  );
}

export const removeOwnRight = (context: Context, { body }: InputOf<typeof contract.removeOwnRight>) =>
  onPage(context, contract.removeOwnRight, body, { unknown: 'right_unknown' }, (hash) => sql`vn.remove_right_on_page(${hash}, ${body.right})`);

export const renewOwnRight = (context: Context, { body }: InputOf<typeof contract.renewOwnRight>) =>
  onPage(context, contract.renewOwnRight, body, { unknown: 'right_unknown' }, (hash) => sql`vn.renew_right_on_page(${hash}, ${body.right}, ${context.newId()})`);

/** A booking on a class bears its title where nothing else was written. */
export async function bookOwnDays(context: Context, { body }: InputOf<typeof contract.bookOwnDays>) {
  const page = await ownTraining(context, { body });
  const about = body.about !== '' ? body.about : (page.seats.find(({ id }) => id === body.seat)?.title ?? '–').slice(0, 200);
  return onPage(
    context,
    contract.bookOwnDays,
    body,
    { unknown: 'right_unknown', seat: 'seat_not_yours', outside: 'day_outside' },
    (hash) =>
      sql`vn.book_days_on_page(${hash}, ${sql.val(body.employees.map(() => context.newId()))}::uuid[], ${body.right}, ${sql.val(body.employees)}::uuid[], ${body.days}, ${body.day}::date, ${about}, ${body.seat})`,
  );
}

export const undoOwnDays = (context: Context, { body }: InputOf<typeof contract.undoOwnDays>) =>
  onPage(context, contract.undoOwnDays, body, { unknown: 'entry_unknown' }, (hash) => sql`vn.undo_days_on_page(${hash}, ${context.newId()}, ${body.entry})`);
