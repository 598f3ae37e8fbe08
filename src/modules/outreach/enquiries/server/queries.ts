import { type RawBuilder, sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Enquiry, listEnquiries, listOpenCentres } from '../contract.ts';

interface Row {
  id: string;
  received_at: string;
  channel: Enquiry['channel'];
  company_id: string | null;
  company: string | null;
  company_name: string;
  cvr: string | null;
  town: string | null;
  person_name: string;
  phone: string | null;
  email: string | null;
  said: string;
  source: string | null;
  reason: NonNullable<Enquiry['tip']>['reason'] | null;
  adviser: string | null;
  organisation: string | null;
  promised: string | null;
  accepted_at: string | null;
  contacted_at: string | null;
  urgent: boolean;
  taken_by: string | null;
  owner_id: string | null;
  owner: string | null;
  school: string | null;
  because: Enquiry['because'];
  by_hand_reason: string | null;
  joined: number;
  answered_at: string | null;
  answer: string | null;
  version: number;
}

const rows = (context: Context, where: RawBuilder<boolean>) =>
  sql<Row>`
    select e.id, e.received_at, e.channel, e.company_id, k.name company, e.company_name, e.cvr, e.town, e.person_name, e.phone, e.email, e.said, e.source, e.reason, e.urgent, e.taken_by, e.owner_id,
        vn.person_name(e.owner_id) owner, s.name school, e.because, e.by_hand_reason, e.answered_at, e.answer, e.version, e.promised, e.accepted_at, e.contacted_at, a.name adviser, a.organisation,
        (select count(*)::int from vn.enquiry j where j.centre_id = e.centre_id and j.joined_to = e.id) joined
      from vn.enquiry e left join vn.company k on k.id = e.company_id left join vn.school s on s.centre_id = e.centre_id and s.id = e.school_id
      left join vn.adviser a on a.centre_id = e.centre_id and a.id = e.adviser_id
     where e.centre_id = ${centreOf(context)} and ${where} order by e.answered_at desc nulls first, e.urgent desc, e.received_at, e.id limit 500`.execute(context.tx);

const nextStep = (row: Row) => (row.accepted_at === null ? 'taken' : row.contacted_at === null ? 'contacted' : null);

function shown({ actor }: Context, row: Row): Enquiry {
  const coordinates = actor.roles.includes('coordinator');
  const has = coordinates || (actor.roles.includes('consultant') && (row.owner_id === actor.personId || (row.owner_id === null && row.taken_by === actor.personId)));
  const open = row.answered_at === null;
  type Company = NonNullable<Enquiry['company']>;
  return {
    id: row.id as Enquiry['id'],
    receivedAt: row.received_at,
    channel: row.channel,
    company: row.company_id === null ? null : { id: row.company_id as Company['id'], name: row.company ?? '' },
    companyName: row.company_name,
    cvr: row.cvr,
    town: row.town,
    personName: row.person_name,
    phone: row.phone,
    email: row.email,
    said: row.said,
    tip: row.source === null || row.reason === null ? null : { source: row.source, reason: row.reason },
    adviser: row.adviser === null || row.organisation === null ? null : { name: row.adviser, organisation: row.organisation, promised: row.promised },
    urgent: row.urgent,
    owner: row.owner_id === null ? null : { id: row.owner_id as NonNullable<Enquiry['owner']>['id'], name: row.owner ?? '', school: row.school },
    because: row.because,
    byHandReason: row.by_hand_reason,
    joined: row.joined,
    takenAt: row.accepted_at,
    contactedAt: row.contacted_at,
    answered: row.answered_at === null || row.answer === null ? null : { at: row.answered_at, answer: row.answer },
    version: row.version,
    can: { pass: open && has, answer: open && has, name: open && has, step: open && has && row.owner_id !== null ? nextStep(row) : null },
  };
}

/** Null where one may not see it, or there is none. */
export async function enquiryOrNull(context: Context, id: string): Promise<Enquiry | null> {
  const [row] = (await rows(context, sql<boolean>`e.id = ${id}`)).rows;
  return row === undefined ? null : shown(context, row);
}

export async function enquiryById(context: Context, id: string): Promise<Enquiry> {
  const found = await enquiryOrNull(context, id);
  if (found === null) throw problem('not_found');
  return found;
}

export async function enquiries(context: Context, { query }: InputOf<typeof listEnquiries>): Promise<OutputOf<typeof listEnquiries>> {
  const state = query.state === 'open' ? sql`e.answered_at is null and e.joined_to is null` : sql`e.answered_at is not null`;
  const whose = query.whose === 'mine' ? sql`e.owner_id = ${context.actor.personId}` : sql`true`;
  return (await rows(context, sql<boolean>`${state} and ${whose}`)).rows.map((row) => shown(context, row));
}

export async function openCentres({ tx }: Context): Promise<OutputOf<typeof listOpenCentres>> {
  return (await sql<{ key: string; name: string }>`select * from vn.open_centres()`.execute(tx)).rows;
}
