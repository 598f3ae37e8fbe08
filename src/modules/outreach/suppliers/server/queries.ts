import { type RawBuilder, sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';

type List = contract.SupplierList;
type Id = List['id'];
interface ListRow {
  id: string;
  company_id: string;
  company: string;
  town: string | null;
  contact_id: string | null;
  contact: string | null;
  introduction: string | null;
  seats: number | null;
  seats_for: string | null;
  seats_until: string | null;
  seats_taken: number;
  seats_released_at: string | null;
  class: NonNullable<List['held']>['class'];
  made_at: string;
  made_by: string | null;
  withdrawn_at: string | null;
  version: number;
  all: number;
  known: number;
  contacted: number;
}

const listRows = (context: Context, where: RawBuilder<boolean>) =>
  sql<ListRow>`
    select l.id, l.company_id, k.name company, k.town, l.contact_id, t.name contact, l.introduction, l.seats, l.seats_for, l.seats_until, l.seats_taken, l.seats_released_at,
        case when h.id is not null then json_build_object('id', h.id, 'title', coalesce(nullif(h.title, ''), e.title), 'starts', h.starts, 'town', h.town) end class, l.made_at, l.withdrawn_at,
        vn.person_name(l.made_by) made_by, l.version, n."all", n.known, n.contacted
      from vn.supplier_list l join vn.company k on k.id = l.company_id left join vn.contact t on t.centre_id = l.centre_id and t.id = l.contact_id
      left join vn.class h on h.centre_id = l.centre_id and h.id = l.class_id left join vn.course e on e.centre_id = h.centre_id and e.id = h.course_id
      cross join lateral (select count(*) filter (where s.refusal is null)::int "all", count(s.company_id)::int known, count(s.contacted_at)::int contacted from vn.supplier s where s.centre_id = l.centre_id and s.list_id = l.id) n
     where l.centre_id = ${centreOf(context)} and ${where} order by l.made_at desc, l.id desc limit 200`.execute(context.tx);

function shown(row: ListRow): contract.SupplierListRow {
  return {
    id: row.id as Id,
    from: { id: row.company_id as List['from']['id'], name: row.company, town: row.town },
    madeAt: row.made_at,
    withdrawnAt: row.withdrawn_at,
    suppliers: { all: row.all, known: row.known, contacted: row.contacted },
    held:
      row.seats === null || row.seats_for === null || row.seats_until === null
        ? null
        : { seats: row.seats, taken: row.seats_taken, course: row.seats_for, until: row.seats_until, releasedAt: row.seats_released_at, class: row.class },
  };
}

export async function supplierLists(context: Context): Promise<OutputOf<typeof contract.listSupplierLists>> {
  return (await listRows(context, sql<boolean>`true`)).rows.map(shown);
}

interface SupplierRow {
  id: string;
  list_id: string;
  no: number;
  written: string;
  cvr: string | null;
  name: string | null;
  town: string | null;
  refusal: contract.Supplier['refusal'];
  company_id: string | null;
  company: string | null;
  company_town: string | null;
  available: boolean | null;
  owner_id: string | null;
  owner: string | null;
  school: string | null;
  because: contract.Supplier['because'];
  by_hand_reason: string | null;
  contacted_at: string | null;
  seats: number;
  seated: boolean;
  held: boolean;
  withdrawn: boolean;
  version: number;
}

const supplierRows = (context: Context, where: RawBuilder<boolean>) =>
  sql<SupplierRow>`
    select s.id, s.list_id, s.no, s.written, s.cvr, s.name, s.town, s.refusal, s.company_id, k.name company, k.town company_town, vn.available(s.company_id) available, s.owner_id, vn.person_name(s.owner_id) owner,
        c.name school, s.because, s.by_hand_reason, s.contacted_at, s.seats, s.seat_id is not null seated, l.class_id is not null and l.seats_released_at is null held, l.withdrawn_at is not null withdrawn, s.version
      from vn.supplier s join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id left join vn.company k on k.id = s.company_id left join vn.school c on c.centre_id = s.centre_id and c.id = s.school_id
     where s.centre_id = ${centreOf(context)} and ${where} order by s.no`.execute(context.tx);

type Suggested = contract.Supplier['suggested'][number];
const letters = (word: string) => word.replaceAll(/[^\p{L}\p{N}]/gu, '').length;

/** For each line without a company those of the centre with the same name, as names are compared everywhere here; in the town that was named first. At most three. */
async function suggestions(context: Context, list: string, rows: readonly SupplierRow[]): Promise<Map<string, Suggested[]>> {
  // A trigram index finds by the longest word; what is left is compared as a whole.
  const asked = rows.flatMap(({ id, name, town, company_id, refusal }) => {
    const word =
      (name ?? '')
        .toLowerCase()
        .split(/\s+/)
        .sort((a, b) => letters(b) - letters(a))[0] ?? '';
    return company_id !== null || refusal !== null || letters(word) < 3 ? [] : [{ id, name, town, like: `%${word.replaceAll(/[\\%_]/g, '\\$&')}%` }];
  });
  if (asked.length === 0) return new Map();
  const found = await sql<{ supplier: string; id: string; name: string; town: string | null; cvr: string }>`
    select a.id supplier, m.* from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) a (id uuid, name text, town text, "like" text) cross join lateral (
      select k.id, k.name, k.town, k.cvr from vn.company k join vn.relation r on r.centre_id = ${centreOf(context)} and r.company_id = k.id
       where k.search like a."like" and vn.name_key(k.name) = vn.name_key(a.name)
         and not exists (select from vn.supplier x where x.centre_id = r.centre_id and x.list_id = ${list} and (x.company_id = k.id or x.giver_id = k.id))
       order by lower(k.town) is distinct from lower(a.town), k.name collate "da-x-icu", k.id limit 3) m`.execute(context.tx);
  const by = new Map<string, Suggested[]>();
  for (const { supplier, ...company } of found.rows) by.set(supplier, [...(by.get(supplier) ?? []), company as Suggested]);
  return by;
}

function shownSupplier({ actor }: Context, row: SupplierRow, suggested: Suggested[]): contract.Supplier {
  const coordinates = actor.roles.includes('coordinator');
  const writes = !row.withdrawn && row.refusal === null && (coordinates || actor.roles.includes('consultant'));
  const available = row.available === true;
  const has = writes && available && (coordinates || row.owner_id === actor.personId);
  return {
    id: row.id as contract.Supplier['id'],
    no: row.no,
    written: row.written,
    cvr: row.cvr,
    name: row.name,
    town: row.town,
    refusal: row.refusal,
    company: row.company_id === null ? null : { id: row.company_id as List['from']['id'], name: row.company ?? '', town: row.company_town },
    suggested: writes ? suggested : [],
    available,
    owner: row.owner_id === null ? null : { id: row.owner_id as NonNullable<contract.Supplier['owner']>['id'], name: row.owner ?? '', school: row.school },
    because: row.because,
    byHandReason: row.by_hand_reason,
    contactedAt: row.contacted_at,
    seats: row.seats,
    seated: row.seated,
    version: row.version,
    can: { match: writes && row.contacted_at === null, note: has && !row.seated, pass: has && row.contacted_at === null, seat: has && row.held && !row.seated },
  };
}

/** @throws not_found */
export async function listById(context: Context, id: string): Promise<List> {
  const [row] = (await listRows(context, sql<boolean>`l.id = ${id}`)).rows;
  if (row === undefined) throw problem('not_found');
  const lines = (await supplierRows(context, sql<boolean>`s.list_id = ${id}`)).rows;
  const edit = row.withdrawn_at === null && (context.actor.roles.includes('coordinator') || context.actor.roles.includes('consultant'));
  const suggested = edit ? await suggestions(context, id, lines) : new Map<string, Suggested[]>();
  return {
    ...shown(row),
    contact: row.contact_id === null ? null : { id: row.contact_id as NonNullable<List['contact']>['id'], name: row.contact ?? '' },
    introduction: row.introduction,
    madeBy: row.made_by ?? '',
    lines: lines.map((line) => shownSupplier(context, line, suggested.get(line.id) ?? [])),
    version: row.version,
    can: { edit, hold: edit && context.actor.roles.includes('coordinator') && row.seats !== null && row.seats_released_at === null && row.class === null },
  };
}
export const supplierList = (context: Context, { params }: InputOf<typeof contract.readSupplierList>): Promise<List> => listById(context, params.list);

/** @throws not_found */
export async function supplierById(context: Context, { list, supplier }: { list: string; supplier: string }): Promise<contract.Supplier> {
  const rows = (await supplierRows(context, sql<boolean>`s.list_id = ${list} and s.id = ${supplier}`)).rows;
  const [row] = rows;
  if (row === undefined) throw problem('not_found');
  return shownSupplier(context, row, (await suggestions(context, list, rows)).get(supplier) ?? []);
}

export async function ownSuppliers(context: Context): Promise<OutputOf<typeof contract.listOwnSuppliers>> {
  const found = await sql<{ list: string; from: string; id: string; name: string; town: string | null }>`
    select l.id list, g.name "from", k.id, k.name, k.town
      from vn.supplier s join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id and l.withdrawn_at is null join vn.company g on g.id = l.company_id join vn.company k on k.id = s.company_id
     where s.centre_id = ${centreOf(context)} and s.owner_id = ${context.actor.personId} and s.contacted_at is null and vn.available(s.company_id) order by s.routed_at, s.no limit 200`.execute(
    context.tx,
  );
  return found.rows.map(({ list, from, ...company }) => ({ list: list as Id, from, company: company as contract.SupplierListRow['from'] }));
}

interface IntroductionRow {
  list: string;
  supplier: string;
  company_id: string;
  company: string;
  town: string | null;
  text: string;
  contact: string | null;
  on: string;
  owner_id: string | null;
  owner: string | null;
  contacted_at: string | null;
  seats: number;
  left: number | null;
  seats_for: string | null;
  seats_until: string | null;
  available: boolean;
  version: number;
}

export async function introductions(context: Context, { params }: InputOf<typeof contract.listIntroductions>): Promise<OutputOf<typeof contract.listIntroductions>> {
  const { actor, today } = context;
  const found = await sql<IntroductionRow>`
    select l.id list, s.id supplier, l.company_id, g.name company, g.town, l.introduction "text", t.name contact, (l.made_at at time zone c.tz)::date "on", s.owner_id, vn.person_name(s.owner_id) owner, s.contacted_at, s.seats,
        case when l.seats_released_at is null and l.seats_until >= ${today}::date then l.seats - l.seats_taken end "left", l.seats_for, l.seats_until, vn.available(s.company_id) available, s.version
      from vn.supplier s join vn.supplier_list l on l.centre_id = s.centre_id and l.id = s.list_id and l.withdrawn_at is null join vn.company g on g.id = l.company_id join vn.centre c on c.id = l.centre_id
      left join vn.contact t on t.centre_id = l.centre_id and t.id = l.contact_id
     where s.centre_id = ${centreOf(context)} and s.company_id = ${params.company} order by l.made_at desc, l.id desc limit 20`.execute(context.tx);
  return found.rows.map((row) => ({
    list: row.list as Id,
    supplier: row.supplier as contract.Supplier['id'],
    from: { id: row.company_id as List['from']['id'], name: row.company, town: row.town },
    text: row.text,
    contact: row.contact,
    on: row.on,
    owner: row.owner,
    contactedAt: row.contacted_at,
    seats: row.seats,
    held: row.left === null || row.seats_for === null || row.seats_until === null ? null : { left: row.left, course: row.seats_for, until: row.seats_until },
    version: row.version,
    can: { note: row.available && (actor.roles.includes('coordinator') || (actor.roles.includes('consultant') && row.owner_id === actor.personId)) },
  }));
}
