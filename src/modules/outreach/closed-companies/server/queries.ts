import { type RawBuilder, sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import type { Closing, listClosed, readClosing } from '../contract.ts';

interface Row {
  company_id: string;
  company: string;
  town: string | null;
  ceased: boolean;
  ended: string | null;
  status_text: string | null;
  successor_id: string | null;
  successor: string | null;
  merged_at: string | null;
  person: string | null;
  mine: boolean;
  open: Closing['open'];
  version: number;
}

/** The row policies say which meetings and corners are counted for whom. */
const rows = ({ tx, actor }: Context, centre: string, where: RawBuilder<boolean>) =>
  sql<Row>`
    select * from (
      select r.company_id, k.name company, k.town, r.ceased, k.ended::text, k.status_text, r.successor_id, s.name successor, r.merged_at, vn.person_name(r.contact_person) person, r.contact_version version,
          coalesce(r.active and ${actor.personId}::uuid in (r.contact_person, coalesce(r.deputy, r.contact_person)), false) mine,
          jsonb_build_object('followed', r.active,
            'meetings', (select count(*) from vn.meeting m where m.centre_id = r.centre_id and m.company_id = r.company_id and m.state = 'booked' and lower(m.during) > ctx.now()),
            'tasks', (select count(*) from vn.task t where t.centre_id = r.centre_id and t.company_id = r.company_id and t.done_at is null),
            'enquiries', (select count(*) from vn.enquiry e where e.centre_id = r.centre_id and e.company_id = r.company_id and e.answered_at is null and e.joined_to is null),
            'corners', (select count(*) from vn.corner c where c.centre_id = r.centre_id and c.company_id = r.company_id and c.ended_at is null),
            'keepUp', exists (select from vn.keep_up u where u.centre_id = r.centre_id and u.company_id = r.company_id),
            'group', exists (select from vn.working_group g where g.centre_id = r.centre_id and g.company_id = r.company_id and g.ended_at is null)) open
        from vn.relation r join vn.company k on k.id = r.company_id left join vn.company s on s.id = r.successor_id
       where r.centre_id = ${centre} and ${where}) each
     order by ended desc nulls last, company collate "da-x-icu", company_id limit 500`.execute(tx);

/** @throws not_found */
export async function closingOf(context: Context, company: string): Promise<Closing> {
  const centre = centreOf(context);
  const [row] = (await rows(context, centre, sql<boolean>`r.company_id = ${company}`)).rows;
  if (row === undefined) throw problem('not_found');
  const from = await sql<Closing['cameFrom'][number]>`
    select k.id, k.name from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = ${centre} and r.successor_id = ${company} order by r.merged_at, k.id`.execute(context.tx);
  const coordinates = context.actor.roles.includes('coordinator');
  const here = row.successor_id === null;
  return {
    ceased: row.ceased,
    endedOn: row.ended,
    statusText: row.status_text,
    successor: row.successor_id === null ? null : { id: row.successor_id as Closing['cameFrom'][number]['id'], name: row.successor ?? '' },
    mergedAt: row.merged_at,
    cameFrom: from.rows,
    open: row.open,
    version: row.version,
    can: {
      confirm: here && row.ceased && (row.open.followed || row.open.keepUp || row.open.meetings > 0) && (coordinates || (row.mine && context.actor.roles.includes('consultant'))),
      merge: here && coordinates,
    },
  };
}

export const closing = (context: Context, { params }: InputOf<typeof readClosing>): Promise<Closing> => closingOf(context, params.company);

const somethingOpen = ({ followed, meetings, tasks, enquiries, corners, keepUp, group }: Closing['open']) => followed || keepUp || group || meetings + tasks + enquiries + corners > 0;

export async function closed(context: Context): Promise<OutputOf<typeof listClosed>> {
  const { roles, personId } = context.actor;
  const concerned = roles.includes('coordinator')
    ? sql<boolean>`true`
    : sql<boolean>`(${personId}::uuid in (r.contact_person, r.deputy)
        or exists (select from vn.task t where t.centre_id = r.centre_id and t.company_id = r.company_id and t.owner_id = ${personId}::uuid and t.done_at is null)
        or exists (select from vn.meeting m join vn.meeting_staff s on s.centre_id = m.centre_id and s.meeting_id = m.id
             where m.centre_id = r.centre_id and m.company_id = r.company_id and m.state = 'booked' and lower(m.during) > ctx.now() and s.consultant_id = ${personId}::uuid))`;
  type Listed = OutputOf<typeof listClosed>[number];
  return (await rows(context, centreOf(context), sql<boolean>`(r.ceased or r.successor_id is not null) and ${concerned}`)).rows
    .filter(({ open }) => somethingOpen(open))
    .map((row) => ({
      company: { id: row.company_id as Listed['company']['id'], name: row.company, town: row.town },
      endedOn: row.ended,
      statusText: row.status_text,
      contactPerson: row.person,
      open: row.open,
    }));
}
