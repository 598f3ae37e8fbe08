import { sql } from 'kysely';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Chore } from '../../../../platform/jobs/house.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import { ownerByRule } from '../../enquiries/server/public.ts';
import { mostSuppliers } from '../model.ts';
import { suppliersWords } from '../words.ts';

/** Tells a consultant of companies that are theirs now: one mail for all of a list. */
export async function tellOwner(context: Pick<Context, 'tx' | 'actor' | 'post' | 'address'>, list: string, person: string, companies: number): Promise<void> {
  const found = await sql<{ from: string; text: string; name: string; email: string; language: Language }>`
    select k.name "from", l.introduction "text", p.name, p.email, p.language from vn.supplier_list l join vn.company k on k.id = l.company_id, vn.people() p
     where l.centre_id = ${context.actor.centreId} and l.id = ${list} and l.withdrawn_at is null and p.id = ${person}`.execute(context.tx);
  const [it] = found.rows;
  if (it === undefined) return;
  const w = inLanguage(suppliersWords, it.language).letter;
  await context.post({
    to: it.email,
    subject: w.subject(it.from, companies).replaceAll(/\s+/g, ' ').slice(0, 250),
    text: [w.hello(it.name), w.yours(it.from, companies), w.say(it.text), w.read(context.address(`/suppliers/${list}`))].join('\n\n'),
  });
}

/**
 * Row 2.29: each company of a list that nobody has goes to its contact person, else by the published rule that enquiries go by. One that may not be contacted waits, for
 * whatever reason, and nothing is written about it. The version stays: whoever writes something meanwhile has missed nothing.
 */
async function route(context: Context): Promise<void> {
  const { tx, now } = context;
  const centre = centreOf(context);
  const waiting = await sql<{ id: string; list_id: string; company_id: string }>`
    select s.id, s.list_id, s.company_id from vn.supplier s join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id
     where s.centre_id = ${centre} and s.owner_id is null and s.company_id is not null and s.contacted_at is null and l.withdrawn_at is null and vn.available(s.company_id)
     order by l.made_at, l.id, s.no limit ${mostSuppliers} for update of s skip locked`.execute(tx);
  const given = new Map<string, { list: string; person: string; companies: number }>();
  for (const { id, list_id, company_id } of waiting.rows) {
    const chosen = await ownerByRule(context, company_id, id);
    if (chosen === null) return; // nobody is there today; the house asks again
    await sql`
      update vn.supplier set owner_id = ${chosen.consultant}, school_id = ${chosen.school}, because = ${chosen.because}, seed = ${id}, told = ${JSON.stringify(chosen.told)}::jsonb, routed_at = ${now.toISOString()}
       where centre_id = ${centre} and id = ${id}`.execute(tx);
    await writeEntry(context, { company: company_id, kind: 'supplier.named', subject: list_id });
    const key = `${list_id} ${chosen.consultant}`;
    given.set(key, { list: list_id, person: chosen.consultant, companies: (given.get(key)?.companies ?? 0) + 1 });
  }
  for (const { list, person, companies } of given.values()) await tellOwner(context, list, person, companies);
}

/** Seats that nobody has taken are free once their day is over. */
async function release(context: Context): Promise<void> {
  const freed = await sql<{ id: string; left: number }>`
    update vn.supplier_list set seats_released_at = ${context.now.toISOString()}, version = version + 1
     where centre_id = ${centreOf(context)} and seats is not null and seats_released_at is null and seats_until < ${context.today}::date returning id, seats - seats_taken "left"`.execute(context.tx);
  for (const { id, left } of freed.rows) await context.audit('supplier_list.seats_released', id, { left });
}

export const chores: readonly Chore[] = [
  { name: 'suppliers.route', run: route },
  { name: 'suppliers.release', run: release },
];
