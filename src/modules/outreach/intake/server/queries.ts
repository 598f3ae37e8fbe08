import { sql } from 'kysely';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import type * as contract from '../contract.ts';
import { cvrsIn, namedIn, searchable } from '../rules.ts';

/** Somebody else's address does not exist. */
export async function ownAddress(context: Context, { params }: InputOf<typeof contract.readIntakeAddress>): Promise<OutputOf<typeof contract.readIntakeAddress>> {
  if (params.person !== personOf(context)) throw problem('not_found');
  const found = await context.tx.selectFrom('intake_address').select('made_at').where('centre_id', '=', centreOf(context)).where('person_id', '=', params.person).executeTakeFirst();
  return { open: context.intake !== null, since: found === undefined ? null : new Date(found.made_at).toISOString() };
}

/** A company that a mail may be about. */
export interface Proposed {
  company: string;
  why: contract.IntakeMailShown['suggestions']['companies'][number]['why'];
  meeting: string | null;
}

/** Companies that a mail of one's own may be about, five at most: by number, by the own meetings of the last 30 days, by what one has reported on. Never by the domain of an address. */
export async function proposals(context: Context, text: string): Promise<Proposed[]> {
  const centre = centreOf(context);
  const { tx, now } = context;
  const since = new Date(now.getTime() - 30 * 86_400_000).toISOString();
  const met = await sql<{ company: string; name: string; meeting: string | null }>`
    select m.company_id company, k.name, case when r.id is null then m.id end meeting
      from vn.meeting_staff s join vn.meeting m on m.centre_id = s.centre_id and m.id = s.meeting_id join vn.company k on k.id = m.company_id
      left join vn.visit_report r on r.centre_id = m.centre_id and r.meeting_id = m.id
     where s.centre_id = ${centre} and s.consultant_id = ${personOf(context)} and m.state in ('booked', 'done') and lower(m.during) between ${since} and ${now.toISOString()}
     order by r.id is not null, lower(m.during) desc limit 500`.execute(tx);
  const numbered = await sql<{ company: string; name: string }>`
    select k.id company, k.name from vn.company k join vn.relation r on r.centre_id = ${centre} and r.company_id = k.id where k.cvr = any (${sql.val(cvrsIn(text.slice(0, 20_000)))}::text[]) order by k.name, k.id`.execute(
    tx,
  );
  const written = await sql<{ company: string; name: string }>`
    select r.company_id company, k.name from vn.visit_report r join vn.company k on k.id = r.company_id where r.centre_id = ${centre} and r.person_id = ${personOf(context)}
     group by r.company_id, k.name order by max(r.visited_on) desc, r.company_id limit 1000`.execute(tx);
  const words = searchable(text);
  const meetingWith = (company: string) => met.rows.find((each) => each.company === company)?.meeting ?? null;
  const all: Proposed[] = [
    ...numbered.rows.map(({ company }) => ({ company, why: 'cvr' as const, meeting: meetingWith(company) })),
    ...met.rows.filter(({ name }) => namedIn(words, name)).map(({ company }) => ({ company, why: 'meeting' as const, meeting: meetingWith(company) })),
    ...written.rows.filter(({ name }) => namedIn(words, name)).map(({ company }) => ({ company, why: 'name' as const, meeting: null })),
  ];
  return all.filter(({ company }, at) => all.findIndex((each) => each.company === company) === at).slice(0, 5);
}

async function mailOf(context: Context, draft: string) {
  const found = await sql<{
    received_at: string;
    from_address: string;
    subject: string;
    text: string;
    companies: Proposed[];
    topics: contract.IntakeMailShown['suggestions']['topics'];
    refused: contract.IntakeMailShown['refused'];
    original: boolean;
  }>`
    select received_at, from_address, subject, text, companies, topics, refused, content is not null original from vn.draft_mail
     where centre_id = ${centreOf(context)} and person_id = ${personOf(context)} and draft_id = ${draft}`.execute(context.tx);
  const [row] = found.rows;
  if (row === undefined) throw problem('not_found');
  return row;
}

export async function intakeMail(context: Context, { params }: InputOf<typeof contract.readIntakeMail>): Promise<contract.IntakeMailShown> {
  const row = await mailOf(context, params.draft);
  type Company = contract.IntakeMailShown['suggestions']['companies'][number];
  const known = await sql<{ id: string; name: string; town: string | null }>`
    select k.id, k.name, k.town from vn.company k join vn.relation r on r.centre_id = ${centreOf(context)} and r.company_id = k.id where k.id = any (${sql.val(row.companies.map(({ company }) => company))}::uuid[])`.execute(
    context.tx,
  );
  return {
    from: row.from_address,
    subject: row.subject,
    receivedAt: new Date(row.received_at).toISOString(),
    text: row.text,
    suggestions: {
      companies: row.companies.flatMap(({ company, why, meeting }) => {
        const found = known.rows.find(({ id }) => id === company);
        return found === undefined ? [] : [{ id: found.id as Company['id'], name: found.name, town: found.town, why, meeting: meeting as Company['meeting'] }];
      }),
      topics: row.topics,
    },
    refused: row.refused,
    original: row.original,
  };
}

export async function originalMail(context: Context, { params }: InputOf<typeof contract.downloadIntakeMail>): Promise<OutputOf<typeof contract.downloadIntakeMail>> {
  const found = await context.tx
    .selectFrom('draft_mail')
    .select('content')
    .where('centre_id', '=', centreOf(context))
    .where('person_id', '=', personOf(context))
    .where('draft_id', '=', params.draft)
    .executeTakeFirst();
  const content = found?.content ?? null;
  if (content === null) throw problem('not_found');
  context.nameDownload('mail.eml');
  // The platform sends what a download yields; its answer has no other shape.
  return [content] as unknown as string;
}
