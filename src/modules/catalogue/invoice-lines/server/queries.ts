import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { sheetKroner, withVat } from '../../../../kit/money.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';
import { invoiceLinesWords } from '../words.ts';

const most = 2000;
type Row = Omit<contract.InvoiceLine, 'amount' | 'withVat'> & { whole: number | null };

/** All of them. Seats and cards are read under their own row policies: a school those of its own classes and cards. */
async function allLines(context: Context, query: InputOf<typeof contract.readInvoiceLines>['query']): Promise<Pick<contract.InvoiceLines, 'from' | 'to' | 'lines'>> {
  const to = query.to ?? context.today;
  const from = query.from ?? (`${to.slice(0, 8)}01` as typeof to);
  if (from > to) throw refuse(contract.readInvoiceLines, 'days_reversed', { fields: [{ path: 'from', code: 'days_reversed' }] });
  const { roles, schoolId } = context.actor;
  const school = roles.includes('coordinator') ? (query.school ?? null) : schoolId;
  const found = await sql<Row>`
    with seats as (
      select l.starts as day, s.id, l.school_id, s.company_id, s.heads, coalesce(nullif(l.title, ''), c.title) about, l.price, l.supplement, s.supplement empty_seats
        from vn.seat s join vn.class l on l.centre_id = s.centre_id and l.id = s.class_id join vn.course c on c.centre_id = l.centre_id and c.id = l.course_id
       where s.centre_id = ${centreOf(context)} and s.state = 'taken' and (l.state = 'confirmed' or (l.guaranteed and l.state <> 'cancelled')) and l.starts between ${from}::date and least(${to}::date, ${context.today}::date)),
    lines as (
      select day, id || ' seat' key, school_id, company_id, 'seat' kind, about, heads::int quantity, price::bigint each, heads * price::bigint whole, 0 vat from seats
      union all select day, id || ' class_supplement', school_id, company_id, 'class_supplement', about, heads::int, supplement::bigint, heads * supplement::bigint, 0 from seats where supplement > 0
      union all select day, id || ' empty_seats', school_id, company_id, 'empty_seats', about, 1, empty_seats, empty_seats, 0 from seats where empty_seats > 0
      union all select (p.sold_at at time zone ${context.actor.zone})::date as day, p.id || ' punch_card', p.school_id, p.company_id, 'punch_card', p.name, 1, p.price, p.price, p.vat
        from vn.punch_card p where p.centre_id = ${centreOf(context)} and p.price > 0 and (p.sold_at at time zone ${context.actor.zone})::date between ${from}::date and ${to}::date)
    select l.day::text, l.key, json_build_object('id', h.id, 'name', h.name) school,
           json_build_object('id', k.id, 'name', k.name, 'cvr', k.cvr, 'address', concat_ws(', ', nullif(k.address, ''), nullif(concat_ws(' ', k.postcode, k.town), ''))) company,
           l.kind, l.about, l.quantity, l.each::float each, l.whole::float whole, l.vat
      from lines l join vn.school h on h.centre_id = ${centreOf(context)} and h.id = l.school_id join vn.company k on k.id = l.company_id
     where ${school}::uuid is null or l.school_id = ${school}::uuid
     order by h.name collate "da-x-icu", l.day, k.name collate "da-x-icu", l.key`.execute(context.tx);
  return { from, to, lines: found.rows.map(({ whole, ...row }) => ({ ...row, amount: whole, withVat: whole === null ? null : withVat(whole, row.vat) })) };
}

export async function invoiceLines(context: Context, { query }: InputOf<typeof contract.readInvoiceLines>): Promise<contract.InvoiceLines> {
  const { from, to, lines } = await allLines(context, query);
  const sum = (of: (line: contract.InvoiceLine) => number | null) => lines.reduce((total, each) => total + (of(each) ?? 0), 0);
  return {
    from,
    to,
    lines: lines.slice(0, most),
    count: lines.length,
    more: lines.length > most,
    amount: sum(({ amount }) => amount),
    withVat: sum((each) => each.withVat),
    unpriced: lines.filter(({ amount }) => amount === null).length,
  };
}

export async function downloadInvoiceLines(context: Context, { query }: InputOf<typeof contract.downloadInvoiceLines>): Promise<string> {
  const { from, to, lines } = await allLines(context, query);
  const w = inLanguage(invoiceLinesWords, 'da');
  const money = (ore: number | null) => (ore === null ? null : sheetKroner(ore));
  context.nameDownload(`${w.file} ${from} - ${to}.csv`);
  return (
    csvStart +
    csvLines([
      w.heads,
      ...lines.map(({ day, key, school, company, about, kind, quantity, each, amount, vat, withVat: all }) => [
        day,
        key,
        school.name,
        company.cvr,
        company.name,
        company.address,
        about,
        w.kinds[kind],
        quantity,
        money(each),
        money(amount),
        vat,
        money(amount === null || all === null ? null : all - amount),
        money(all),
        'DKK',
      ]),
    ])
  );
}
