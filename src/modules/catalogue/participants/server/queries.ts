import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { inLanguage, type Language } from '../../../../kit/words.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { pdfOf } from '../../../../platform/pdf.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { classById } from '../../classes/server/public.ts';
import * as contract from '../contract.ts';
import { hoursOf } from '../rules.ts';
import { participantsWords } from '../words.ts';

/** @throws page_gone for an address that opens nothing (any more) */
export async function ownCourses({ tx }: Context, { body }: { body: { token: string } }): Promise<contract.OwnCourses> {
  const found = await sql<{ page: contract.OwnCourses | null }>`select vn.courses_on_page(${tokenHash(body.token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnCourses, 'page_gone');
  return page;
}

/** A class of one's own school. @throws not_found, participants_not_yours */
export async function ownClass(context: Context, id: string) {
  const it = await classById(context, id);
  if (context.actor.schoolId !== it.school.id || context.actor.roles.includes('coordinator')) throw refuse(contract.listParticipants, 'participants_not_yours');
  return it;
}

/** The row policies hold too: whoever is of another school reads no name. */
export async function participantsOf(context: Context, id: string): Promise<contract.ParticipantList> {
  const it = await ownClass(context, id);
  const centre = centreOf(context);
  const begun = await sql<{ no: number }>`
    select s.no::int "no" from vn.class_session s where s.centre_id = ${centre} and s.class_id = ${id} and lower(s.during) <= ${context.now.toISOString()}::timestamptz`.execute(context.tx);
  const open = new Set(begun.rows.map(({ no }) => no));
  const companies = await sql<contract.ParticipantList['companies'][number]>`
    select k.name company, sum(t.heads)::int heads, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'attended', coalesce((select jsonb_agg(x.no order by x.no)
          from vn.participant_attendance a join vn.class_session x on x.centre_id = a.centre_id and x.class_id = ${id} and lower(x.during) = a.starts where a.centre_id = p.centre_id and a.participant_id = p.id), '[]')) order by p.name collate "da-x-icu", p.id)
        from vn.seat_participant p join vn.seat u on u.centre_id = p.centre_id and u.id = p.seat_id where p.centre_id = ${centre} and u.class_id = ${id} and u.company_id = k.id and u.state = 'taken'), '[]') people
      from vn.seat t join vn.company k on k.id = t.company_id where t.centre_id = ${centre} and t.class_id = ${id} and t.state = 'taken' group by k.id, k.name order by k.name collate "da-x-icu", k.id`.execute(
    context.tx,
  );
  return {
    sessions: it.sessions.map(({ no, day }) => ({ no, day, begun: open.has(no) })),
    companies: companies.rows,
    can: { mark: it.state !== 'cancelled', certificates: companies.rows.some(({ people }) => people.some(({ attended }) => attended.length > 0)) },
  };
}
export const listParticipants = (context: Context, { params }: InputOf<typeof contract.listParticipants>) => participantsOf(context, params.class);

interface Certificates {
  title: string;
  school: string;
  starts: string;
  ends: string;
  zone: string;
  sessions: number;
  people: { name: string; company: string; attended: { starts: string; ends: string }[] | null }[];
}

/** One page for each participant: what, where, when, and at how much of it they were. */
async function certificates(context: Context, { title, school, starts, ends, zone, sessions, people }: Certificates, language: Language): Promise<string> {
  const w = inLanguage(participantsWords, language).certificate;
  const locale = language === 'da' ? 'da-DK' : 'en-GB';
  const day = (at: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(new Date(at.length === 10 ? `${at}T12:00:00Z` : at));
  const time = (at: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(new Date(at));
  const figure = (value: number) => new Intl.NumberFormat(locale).format(value);
  context.nameDownload(`${w.file} ${title.replaceAll(/[^\p{L}\p{N} .-]/gu, ' ').slice(0, 80)}.pdf`);
  const document = await pdfOf({
    title: `${w.title}: ${title}`,
    at: context.now,
    foot: () => w.foot(school),
    parts: people.map(({ name, company, attended: there }) => {
      const attended = there ?? [];
      return {
        title: w.title,
        facts: [
          [w.who, name],
          [w.company, company],
          [w.course, title],
          [w.school, school],
          [w.period, starts === ends ? day(starts) : w.days(day(starts), day(ends))],
        ] as const,
        table: { heads: w.heads, rows: attended.map((each) => [day(each.starts), `${time(each.starts)}–${time(each.ends)}`]), right: [], wide: [0, 1] },
        total: w.total(attended.length, sessions, figure(hoursOf(attended))),
      };
    }),
  });
  // A download's output is the file, piece by piece.
  return [document] as unknown as string;
}

/** @throws no_certificates */
export async function printOwnCertificates(context: Context, { body }: InputOf<typeof contract.printOwnCertificates>): Promise<string> {
  const found = await sql<{ it: Certificates | null }>`select vn.certificates_on_page(${tokenHash(body.token)}, ${body.seat}) it`.execute(context.tx);
  const it = found.rows[0]?.it ?? null;
  if (it === null) throw refuse(contract.printOwnCertificates, 'no_certificates');
  return certificates(context, it, body.language);
}

/** @throws not_found, participants_not_yours, no_certificates */
export async function printCertificates(context: Context, { params, query }: InputOf<typeof contract.printCertificates>): Promise<string> {
  const it = await ownClass(context, params.class);
  const people = await sql<Certificates['people'][number]>`
    select p.name, k.name company, jsonb_agg(jsonb_build_object('starts', lower(x.during), 'ends', upper(x.during)) order by x.during) attended
      from vn.seat_participant p join vn.seat s on s.centre_id = p.centre_id and s.id = p.seat_id join vn.company k on k.id = s.company_id join vn.participant_attendance a on a.centre_id = p.centre_id and a.participant_id = p.id
      join vn.class_session x on x.centre_id = a.centre_id and x.class_id = s.class_id and lower(x.during) = a.starts
     where p.centre_id = ${centreOf(context)} and s.class_id = ${params.class} and s.state = 'taken' group by p.id, p.name, k.name order by p.name collate "da-x-icu", p.id`.execute(context.tx);
  if (people.rows.length === 0) throw refuse(contract.printCertificates, 'no_certificates');
  const { title, school, starts, ends, sessions } = it;
  return certificates(context, { title, school: school.name, starts, ends, zone: context.actor.zone, sessions: sessions.length, people: people.rows }, query.language);
}
