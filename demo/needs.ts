import type pg from 'pg';
import { demoId } from './ids.ts';

/** What small companies have asked for: course, people, weeks from the anchor's Monday, how far, part of the day. Alone none of them fills a class. */
const asked: [course: string | null, field: string, what: string, heads: number, from: number, to: number, km: number | null, parts: string[], urgency: number, meet: boolean][] = [
  ['40011', 'certificates', 'Truckcertifikat til lageret', 2, 3, 14, 40, ['day'], 1, true],
  ['40011', 'certificates', 'To, der må køre truck', 2, 2, 10, 30, [], 2, true],
  ['40011', 'certificates', 'Truck, inden foråret', 1, 3, 16, 60, ['day'], 0, false],
  ['40011', 'certificates', 'Truckcertifikat B', 3, 3, 12, null, [], 1, true],
  ['40011', 'certificates', 'Ny mand på lageret skal have certifikat', 1, 2, 8, 25, ['day'], 2, true],
  ['40011', 'certificates', 'Truck til tre', 3, 9, 20, 40, ['day', 'evening'], 0, true],
  ['40021', 'training', 'Tig-svejsning, rustfri', 2, 6, 20, 40, ['day'], 1, true],
  ['40021', 'training', 'Pænere sømme på rustfrit', 1, 6, 20, 50, ['day'], 0, true],
  ['40021', 'training', 'Svejsning af rør', 2, 8, 18, 30, ['day'], 0, false],
  ['40021', 'training', 'Tig for to smede', 2, 8, 26, 60, [], 0, true],
  ['40015', 'certificates', 'Epoxy-bevis til malerne', 3, 3, 12, 40, ['day'], 1, true],
  ['40015', 'certificates', 'Epoxy, vi skal lime gulve', 2, 3, 10, 30, ['day'], 2, false],
  ['40015', 'certificates', 'Epoxy og isocyanater', 2, 4, 12, 50, ['day'], 0, true],
  ['40016', 'certificates', 'Varmt arbejde til hele holdet', 5, 2, 12, 40, [], 1, true],
  ['40016', 'certificates', 'Varmt arbejde, tagfolkene', 3, 3, 9, 30, ['day'], 1, true],
  ['40033', 'certificates', 'Hygiejne, ny pige i bageriet', 1, 4, 14, 20, ['day'], 0, false],
  ['40033', 'certificates', 'Hygiejnebevis til køkkenet', 4, 5, 16, 40, ['day'], 0, true],
  ['dansk-1', 'basic_skills', 'Dansk på jobbet', 3, 6, 24, 25, ['shift', 'day'], 0, true],
  ['dansk-1', 'basic_skills', 'To polakker vil lære dansk', 2, 8, 26, 30, [], 0, true],
  ['40051', 'management', 'Ny værkfører', 1, 6, 26, 50, ['day'], 0, true],
  ['40051', 'management', 'Lederkursus til formanden', 1, 8, 26, 40, ['day'], 0, true],
  ['40062', 'digital', 'Robotten skal køre om natten', 2, 10, 24, 30, ['day'], 0, true],
  ['40034', 'training', 'Demens, hele plejehjemmet', 9, 8, 20, 5, ['evening'], 0, false],
  [null, 'digital', 'Noget om regneark, tror vi', 2, 4, 26, null, [], 0, false],
];

const shift = (day: Date, days: number) => new Date(day.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** The pool of the demonstration: needs of twenty-four companies, in the order of their numbers. */
export async function fillPool(client: pg.Client, centre: string, anchor: Date): Promise<void> {
  const companies = await client.query<{ id: string }>(
    `select k.id from vn.relation r join vn.company k on k.id = r.company_id where r.centre_id = $1 and r.callable and not r.ceased and k.town <> '' order by k.cvr offset 40 limit $2`,
    [centre, asked.length],
  );
  const monday = new Date(Date.UTC(anchor.getUTCFullYear(), anchor.getUTCMonth(), anchor.getUTCDate() - ((anchor.getUTCDay() + 6) % 7)));
  for (const [at, [course, field, what, heads, from, to, km, parts, urgency, meet]] of asked.entries())
    await client.query(
      `insert into vn.pooled_need (centre_id, id, company_id, course_id, field, what, heads, earliest, latest, parts, km, fit, urgency, person_id, made_at, meet) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        centre,
        demoId('pooled need', String(at)),
        companies.rows[at]?.id,
        course === null ? null : demoId('course', course),
        field,
        what,
        heads,
        shift(monday, from * 7),
        shift(monday, to * 7),
        parts,
        km,
        course === null ? null : 'shelf',
        urgency,
        demoId('person', ['anna', 'bjarke', 'conni', 'ditlev'][at % 4] ?? 'anna'),
        new Date(anchor.getTime() - (at + 1) * 5 * 3_600_000).toISOString(),
        meet,
      ],
    );
}
