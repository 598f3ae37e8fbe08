import { sql } from 'kysely';
import { shiftDay } from '../../../../kit/calendar-day.ts';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import { askHouse } from '../../../../platform/jobs/house.ts';
import { writeEntry } from '../../../companies/timeline/server/public.ts';
import * as contract from '../contract.ts';
import { mostSuppliers, readSuppliers, type WrittenSupplier } from '../model.ts';
import { suppliersWords } from '../words.ts';
import { tellOwner } from './jobs.ts';
import { listById, supplierById } from './queries.ts';

type Facts = Pick<InputOf<typeof contract.addSupplierList>['body'], 'contact' | 'held'>;
type Added = Pick<InputOf<typeof contract.addSupplierList>['body'], 'lines' | 'companies'>;

/** Whether the contact is one at the company that gives the list, and the seats are held until a day to come. */
async function checkFacts(context: Context, endpoint: typeof contract.writeSupplierList, company: string, { contact, held }: Facts): Promise<void> {
  if (contact !== null) {
    const there = await context.tx.selectFrom('contact').select('id').where('centre_id', '=', centreOf(context)).where('company_id', '=', company).where('id', '=', contact).executeTakeFirst();
    if (there === undefined) throw refuse(endpoint, 'supplier_contact_elsewhere', { fields: [{ path: 'contact', code: 'unknown' }] });
  }
  if (held !== null && held.until < context.today) throw refuse(endpoint, 'seats_day_over', { fields: [{ path: 'held.until', code: 'seats_day_over' }] });
}
const seatsOf = ({ held }: Facts) => ({ seats: held?.seats ?? null, seats_for: held?.course ?? null, seats_until: held?.until ?? null });

const same = (name: string | null, town: string | null) => `${(name ?? '').toLowerCase()}\n${(town ?? '').toLowerCase()}`;

/** The companies behind these numbers, by number. One that only the register knows comes to be known to the centre; a number that nobody knows is left out. */
async function companiesByNumber(context: Context, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const found = await sql<{ id: string; cvr: string; name: string; here: boolean }>`
    select k.id, k.cvr, k.name, r.company_id is not null here from vn.company k left join vn.relation r on r.centre_id = ${centreOf(context)} and r.company_id = k.id where k.cvr = any (${sql.val(numbers)}::text[])`.execute(
    context.tx,
  );
  for (const { id, cvr, name, here } of found.rows) {
    if (here) continue;
    await sql`select vn.add_company(${context.newId()}, ${cvr}, ${name}, null, null, null, null)`.execute(context.tx);
    await context.audit('company.added', id, { cvr });
    await writeEntry(context, { company: id, kind: 'company.added' });
  }
  return new Map(found.rows.map(({ id, cvr }) => [cvr, id]));
}

/** Writes lines and picked companies below each other. Duplicates and the giver itself are kept as refused lines, so that whoever pasted them sees which. */
async function append(context: Context, endpoint: typeof contract.addSuppliers, list: string, { lines, companies }: Added): Promise<void> {
  const centre = centreOf(context);
  // Two who add at once number their lines one after the other.
  const locked = await sql<{
    company_id: string;
    withdrawn: boolean;
  }>`select company_id, withdrawn_at is not null withdrawn from vn.supplier_list where centre_id = ${centre} and id = ${list} for update`.execute(context.tx);
  const [row] = locked.rows;
  if (row === undefined) throw problem('not_found');
  if (row.withdrawn) throw refuse(endpoint, 'supplier_list_withdrawn');
  const there = await context.tx.selectFrom('supplier').select(['no', 'company_id', 'cvr', 'name', 'town', 'refusal']).where('centre_id', '=', centre).where('list_id', '=', list).execute();
  const written = readSuppliers(lines);
  if (there.length + written.length + companies.length > mostSuppliers) throw refuse(endpoint, 'suppliers_too_many', { fields: [{ path: 'lines', code: 'suppliers_too_many' }] });
  const picked = await sql<{ id: string; cvr: string; name: string; town: string | null }>`
    select k.id, k.cvr, k.name, k.town from unnest(${sql.val(companies)}::uuid[]) with ordinality p (id, at) join vn.relation r on r.centre_id = ${centre} and r.company_id = p.id join vn.company k on k.id = p.id order by p.at`.execute(
    context.tx,
  );
  if (picked.rows.length !== companies.length) throw refuse(endpoint, 'company_unknown', { fields: [{ path: 'companies', code: 'unknown' }] });
  const byNumber = await companiesByNumber(
    context,
    written.flatMap(({ cvr }) => (cvr === null ? [] : [cvr])),
  );
  const counts = there.filter(({ refusal }) => refusal === null);
  const taken = new Set(counts.flatMap(({ company_id }) => (company_id === null ? [] : [company_id])));
  const loose = new Set(counts.map(({ cvr, name, town }) => cvr ?? same(name, town)));
  const all: (WrittenSupplier & { company: string | null; matched: 'cvr' | 'picked' })[] = [
    ...written.map((each) => ({ ...each, company: each.cvr === null ? null : (byNumber.get(each.cvr) ?? null), matched: 'cvr' as const })),
    ...picked.rows.map(({ id, cvr, name, town }) => ({ written: [cvr, name, town].filter(Boolean).join(', ').slice(0, 300), cvr, name, town, refusal: null, company: id, matched: 'picked' as const })),
  ];
  const values = all.map(({ company, matched, ...each }, at) => {
    const mark = each.cvr ?? same(each.name, each.town);
    const twice = company === null ? loose.has(mark) : taken.has(company);
    const refusal = each.refusal ?? (company === row.company_id ? 'itself' : twice ? 'twice' : null);
    if (refusal === null) (company === null ? loose : taken).add(company ?? mark);
    const known = refusal === null && company !== null;
    return {
      centre_id: centre,
      id: context.newId(),
      list_id: list,
      giver_id: row.company_id,
      no: there.length + at + 1,
      ...each,
      refusal,
      company_id: known ? company : null,
      matched: known ? matched : null,
      matched_by: known ? personOf(context) : null,
    };
  });
  await context.tx.insertInto('supplier').values(values).execute();
}

export async function addSupplierList(context: Context, { body }: InputOf<typeof contract.addSupplierList>): Promise<contract.SupplierList> {
  const centre = centreOf(context);
  const found = await sql<{ name: string }>`select k.name from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ${centre} and r.company_id = ${body.company}`.execute(
    context.tx,
  );
  const [giver] = found.rows;
  if (giver === undefined) throw refuse(contract.addSupplierList, 'company_unknown', { fields: [{ path: 'company', code: 'unknown' }] });
  await checkFacts(context, contract.addSupplierList as unknown as typeof contract.writeSupplierList, body.company, body);
  const id = context.newId();
  await context.tx
    .insertInto('supplier_list')
    .values({
      centre_id: centre,
      id,
      company_id: body.company,
      contact_id: body.contact,
      // What is said to companies is said in Danish, whatever language the writer's screen has.
      introduction: body.introduction === '' ? inLanguage(suppliersWords, 'da').saidWeShould(giver.name).slice(0, 1000) : body.introduction,
      ...seatsOf(body),
      made_by: personOf(context),
      made_at: context.now.toISOString(),
    })
    .execute();
  await append(context, contract.addSupplierList as unknown as typeof contract.addSuppliers, id, body);
  await context.audit('supplier_list.added', id);
  // What is matched or added later waits for the minute: a list may be worked through line by line.
  await askHouse(context);
  return listById(context, id);
}

export async function addSuppliers(context: Context, { params, body }: InputOf<typeof contract.addSuppliers>): Promise<contract.SupplierList> {
  await append(context, contract.addSuppliers, params.list, body);
  await context.audit('supplier_list.suppliers_added', params.list);
  return listById(context, params.list);
}

/** The list as it is, for whoever changes it. */
async function openList(context: Context, endpoint: typeof contract.withdrawSupplierList, list: string): Promise<contract.SupplierList> {
  const now = await listById(context, list);
  if (now.withdrawnAt !== null) throw refuse(endpoint, 'supplier_list_withdrawn');
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}
const change = (context: Context, list: string) =>
  context.tx
    .updateTable('supplier_list')
    .set({ version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('id', '=', list)
    .where('version', '=', context.version);

export async function writeSupplierList(context: Context, { params, body }: InputOf<typeof contract.writeSupplierList>): Promise<contract.SupplierList> {
  const now = await openList(context, contract.writeSupplierList as unknown as typeof contract.withdrawSupplierList, params.list);
  const heldAsBefore = body.held !== null && now.held !== null && body.held.until === now.held.until;
  await checkFacts(context, contract.writeSupplierList, now.from.id, heldAsBefore ? { ...body, held: null } : body);
  await change(context, params.list)
    .set({ introduction: body.introduction, contact_id: body.contact, ...seatsOf(body), ...(heldAsBefore ? {} : { seats_released_at: null }) })
    .execute()
    .catch((error: unknown) => {
      throw violates(error, 'supplier_seats_enough') ? refuse(contract.writeSupplierList, 'seats_taken', { fields: [{ path: 'held.seats', code: 'seats_taken' }] }) : error;
    });
  await context.audit('supplier_list.written', params.list);
  return listById(context, params.list);
}

export async function withdrawSupplierList(context: Context, { params }: InputOf<typeof contract.withdrawSupplierList>): Promise<contract.SupplierList> {
  const now = await openList(context, contract.withdrawSupplierList, params.list);
  const at = context.now.toISOString();
  await sql`select vn.end_supplier_hold(${params.list})`.execute(context.tx);
  await change(context, params.list)
    .set({ introduction: null, contact_id: null, withdrawn_at: at, withdrawn_by: personOf(context), seats_released_at: now.held === null ? null : (now.held.releasedAt ?? at) })
    .execute();
  await context.audit('supplier_list.withdrawn', params.list);
  return listById(context, params.list);
}

export async function holdListSeats(context: Context, { params, body }: InputOf<typeof contract.holdListSeats>): Promise<contract.SupplierList> {
  const endpoint = contract.holdListSeats;
  const now = await openList(context, endpoint as unknown as typeof contract.withdrawSupplierList, params.list);
  const { held } = now;
  if (held === null || held.releasedAt !== null || held.until < context.today) throw refuse(endpoint, 'seats_not_held');
  if (held.class !== null) throw refuse(endpoint, 'seats_in_class');
  if (now.lines.every(({ company }) => company === null)) throw refuse(endpoint, 'suppliers_unknown');
  const there = await context.tx.selectFrom('class').select('starts').where('centre_id', '=', centreOf(context)).where('id', '=', body.class).executeTakeFirst();
  if (there === undefined) throw problem('invalid', { fields: [{ path: 'class', code: 'unknown' }] });
  const before = shiftDay(there.starts, -1);
  const done = await sql<{ result: string }>`
    select vn.hold_supplier_seats(${params.list}, ${context.version}, ${body.class}, ${context.newId()}, ${held.until < before ? held.until : before}::date) result`.execute(context.tx);
  switch (done.rows[0]?.result) {
    case 'done':
      break;
    case 'changed':
      throw problem('version_conflict', { current: await listById(context, params.list) });
    case 'held':
      throw refuse(endpoint, 'seats_in_class');
    default:
      throw refuse(endpoint, 'class_full', { fields: [{ path: 'class', code: 'class_full' }] });
  }
  await context.audit('supplier_list.seats_held', params.list, { class: body.class });
  return listById(context, params.list);
}

type Place = InputOf<typeof contract.noteSupplier>['params'];
/** The line as it is; a changed one shows what it has become. */
async function seenSupplier(context: Context, params: Place): Promise<contract.Supplier> {
  const now = await supplierById(context, params);
  if (now.version !== context.version) throw problem('version_conflict', { current: now });
  return now;
}
const changeSupplier = (context: Context, { list, supplier }: Place) =>
  context.tx
    .updateTable('supplier')
    .set({ version: context.version + 1 })
    .where('centre_id', '=', centreOf(context))
    .where('list_id', '=', list)
    .where('id', '=', supplier)
    .where('version', '=', context.version);

export async function matchSupplier(context: Context, { params, body }: InputOf<typeof contract.matchSupplier>): Promise<contract.Supplier> {
  const now = await seenSupplier(context, params);
  if (!now.can.match) throw refuse(contract.matchSupplier, 'supplier_settled');
  const known = await context.tx.selectFrom('relation').select('company_id').where('centre_id', '=', centreOf(context)).where('company_id', '=', body.company).executeTakeFirst();
  if (known === undefined) throw refuse(contract.matchSupplier, 'company_unknown', { fields: [{ path: 'company', code: 'unknown' }] });
  await changeSupplier(context, params)
    .set({
      company_id: body.company,
      matched: 'confirmed',
      matched_by: personOf(context),
      owner_id: null,
      school_id: null,
      because: null,
      by_hand_reason: null,
      seed: null,
      told: null,
      routed_at: null,
    })
    .execute()
    .catch((error: unknown) => {
      if (violates(error, 'supplier_once')) throw refuse(contract.matchSupplier, 'supplier_twice');
      throw violates(error, 'supplier_not_itself') ? refuse(contract.matchSupplier, 'supplier_itself') : error;
    });
  await context.audit('supplier.matched', params.supplier, { company: body.company });
  return supplierById(context, params);
}

/** Whoever has a company of a list, and the coordinator, act for it: while the list stands and the company may be contacted. */
async function actFor<E extends Endpoint>(context: Context, endpoint: E, params: Place, right: 'note' | 'pass'): Promise<contract.Supplier> {
  const now = await seenSupplier(context, params);
  if (now.can[right]) return now;
  const { withdrawnAt } = await listById(context, params.list);
  if (withdrawnAt !== null) throw refuse(endpoint, 'supplier_list_withdrawn' as ErrorOf<E>);
  throw refuse(endpoint, (now.company === null || now.available ? 'not_your_supplier' : 'company_not_available') as ErrorOf<E>);
}

export async function takeSupplierSeats(context: Context, { params, body }: InputOf<typeof contract.takeSupplierSeats>): Promise<contract.Supplier> {
  const endpoint = contract.takeSupplierSeats;
  const now = await seenSupplier(context, params);
  if (now.seated) throw refuse(endpoint, 'supplier_seated');
  await actFor(context, endpoint, params, 'note');
  const done = await sql<{ result: string }>`select vn.take_supplier_seats(${params.supplier}, ${context.version}, ${context.newId()}, ${body.seats}) result`
    .execute(context.tx)
    .catch((error: unknown) => {
      throw violates(error, 'supplier_seats_enough')
        ? refuse(endpoint, 'seats_full', { fields: [{ path: 'seats', code: 'seats_full' }] })
        : violates(error, 'supplier_seats_held')
          ? refuse(endpoint, 'seats_not_held')
          : error;
    });
  switch (done.rows[0]?.result) {
    case 'taken':
      break;
    case 'changed':
      throw problem('version_conflict', { current: await supplierById(context, params) });
    case 'seated':
      throw refuse(endpoint, 'supplier_seated');
    case 'full':
      throw refuse(endpoint, 'seats_full', { fields: [{ path: 'seats', code: 'seats_full' }] });
    default:
      throw refuse(endpoint, 'seats_not_held');
  }
  await context.audit('supplier.seats_taken', params.supplier, { seats: body.seats });
  return supplierById(context, params);
}

export async function noteSupplier(context: Context, { params, body }: InputOf<typeof contract.noteSupplier>): Promise<contract.Supplier> {
  if ((await supplierById(context, params)).seated) throw refuse(contract.noteSupplier, 'supplier_seated');
  const now = await actFor(context, contract.noteSupplier, params, 'note');
  await changeSupplier(context, params)
    .set({ contacted_at: body.contacted ? (now.contactedAt ?? context.now.toISOString()) : null, seats: body.seats })
    .execute()
    .catch((error: unknown) => {
      const fields = [{ path: 'seats', code: 'seats_full' }];
      if (violates(error, 'supplier_seats_enough')) throw refuse(contract.noteSupplier, 'seats_full', { fields });
      throw violates(error, 'supplier_seats_held') ? refuse(contract.noteSupplier, 'seats_not_held', { fields: [{ path: 'seats', code: 'seats_not_held' }] }) : error;
    });
  await context.audit('supplier.noted', params.supplier, { contacted: body.contacted, seats: body.seats });
  return supplierById(context, params);
}

export async function passSupplier(context: Context, { params, body }: InputOf<typeof contract.passSupplier>): Promise<contract.Supplier> {
  await actFor(context, contract.passSupplier, params, 'pass');
  const found = await sql<{ school_id: string | null }>`
    select m.school_id from vn.membership m where m.centre_id = ${centreOf(context)} and m.person_id = ${body.person} and m.role = 'consultant' and m.during @> ${context.today}::date order by m.school_id nulls last limit 1`.execute(
    context.tx,
  );
  const [membership] = found.rows;
  if (membership === undefined) throw refuse(contract.passSupplier, 'not_consulting', { fields: [{ path: 'person', code: 'not_consulting' }] });
  await changeSupplier(context, params)
    .set({ owner_id: body.person, school_id: membership.school_id, because: 'by_hand', by_hand_reason: body.reason, routed_at: context.now.toISOString() })
    .execute();
  if (body.person !== context.actor.personId) await tellOwner(context, params.list, body.person, 1);
  await context.audit('supplier.passed', params.supplier, { person: body.person });
  return supplierById(context, params);
}
