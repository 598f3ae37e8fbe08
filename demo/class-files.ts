import type pg from 'pg';
import { demoId } from './ids.ts';

/** Classes as the schools’ own systems would hand them out: made up, with numbers of AMU that nobody uses. */
interface Brought {
  no: string;
  school: string;
  code: string;
  course: string;
  title: string;
  place: string;
  town: string;
  postcode: string;
  starts: string;
  ends: string;
  minimum: number;
  maximum: number;
  /** Seats taken in the first file, and in the one of last week. */
  taken: [number, number];
  cancelled?: boolean;
  deadline?: string;
}
const brought: Brought[] = [
  {
    no: '40901FJO2701A',
    school: 'a',
    code: '40901',
    course: 'Lysbuesvejsning, grundkursus',
    title: 'Lysbuesvejsning, grundkursus',
    place: 'Svejsehal 2',
    town: 'Limvig',
    postcode: '7621',
    starts: '2027-01-11',
    ends: '2027-01-22',
    minimum: 6,
    maximum: 12,
    taken: [3, 8],
  },
  {
    no: '40901FJO2703B',
    school: 'a',
    code: '40901',
    course: 'Lysbuesvejsning, grundkursus',
    title: 'Lysbuesvejsning, aftenhold',
    place: 'Svejsehal 2',
    town: 'Limvig',
    postcode: '7621',
    starts: '2027-03-01',
    ends: '2027-03-18',
    minimum: 6,
    maximum: 12,
    taken: [0, 0],
  },
  {
    no: '40902TVÆ2702A',
    school: 'b',
    code: '40902',
    course: 'Betjening af CNC-drejebænk',
    title: 'CNC-drejning, trin 1',
    place: 'Maskinværkstedet',
    town: 'Tværby',
    postcode: '7611',
    deadline: '2027-01-04',
    starts: '2027-02-01',
    ends: '2027-02-12',
    minimum: 8,
    maximum: 14,
    taken: [5, 5],
  },
  {
    no: '40903TVÆ2702A',
    school: 'b',
    code: '40903',
    course: 'Varmt arbejde',
    title: 'Varmt arbejde',
    place: 'Brandøvelsespladsen',
    town: 'Tværby',
    postcode: '7611',
    deadline: '2027-02-03',
    starts: '2027-02-17',
    ends: '2027-02-17',
    minimum: 10,
    maximum: 20,
    taken: [12, 12],
  },
  {
    no: '40904NOR2612A',
    school: 'c',
    code: '40904',
    course: 'Teleskoplæsser',
    title: 'Teleskoplæsser, certifikat',
    place: 'Hal 4',
    town: 'Nordhavn',
    postcode: '7521',
    starts: '2026-12-07',
    ends: '2026-12-10',
    minimum: 8,
    maximum: 10,
    taken: [3, 2],
    cancelled: true,
  },
];

/** A file that the coordinator has applied, and the one a week later that found seats and a cancellation changed. */
export async function bringClasses(client: pg.Client, centre: string): Promise<void> {
  const put = (table: string, row: Record<string, unknown>) =>
    client.query(
      `insert into vn.${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((_, at) => `$${at + 1}`)
        .join(', ')}) on conflict do nothing`,
      Object.values(row),
    );
  const file = async (key: string, at: string, rows: { new: number; changed: number; same: number }) => {
    const id = demoId('class file', key);
    await put('class_file', {
      centre_id: centre,
      id,
      format: 'json',
      file_name: `hold-${key}.json`,
      bytes: 4310,
      state: 'done',
      rows_read: brought.length,
      rows_done: brought.length,
      rows_new: rows.new,
      rows_changed: rows.changed,
      rows_same: rows.same,
      person_id: demoId('person', 'camilla'),
      created_at: at,
      finished_at: at,
    });
    return id;
  };
  const [firstAt, secondAt] = ['2026-11-02T10:05:00+01:00', '2026-11-10T10:12:00+01:00'];
  const first = await file('november', firstAt, { new: brought.length, changed: 0, same: 0 });
  const changed = brought.filter(({ taken: [was, is], cancelled }) => was !== is || cancelled);
  const second = await file('uge-46', secondAt, { new: 0, changed: changed.length, same: brought.length - changed.length });
  for (const each of brought) {
    await put('course', {
      centre_id: centre,
      id: demoId('course', each.code),
      kind: 'amu',
      code: each.code,
      title: each.course,
      field: 'certificates',
      industries: ['C', 'F'],
      awards: 'certificate',
      unseen: true,
    });
    const course = (await client.query("select id from vn.course where centre_id = $1 and kind = 'amu' and code = $2", [centre, each.code])).rows[0].id;
    const school = demoId('school', each.school);
    await put('course_school', { centre_id: centre, course_id: course, school_id: school });
    const id = demoId('class', each.no);
    const [was, is] = each.taken;
    const because = each.cancelled ? 'Aflyst i skolens eget system' : null;
    const last = changed.includes(each) ? second : first;
    await put('class', {
      centre_id: centre,
      id,
      no: each.no,
      course_id: course,
      school_id: school,
      title: each.title,
      place: each.place,
      town: each.town,
      postcode: each.postcode,
      starts: each.starts,
      ends: each.ends,
      deadline: each.deadline ?? null,
      part: each.title.includes('aften') ? 'evening' : 'day',
      delivery: each.title.includes('aften') ? 'evening' : 'whole_days',
      minimum: each.minimum,
      maximum: each.maximum,
      taken_elsewhere: is,
      taken_as_of: secondAt,
      state: each.cancelled ? 'cancelled' : 'tentative',
      cancelled_because: because,
      price: 65_400,
      file_id: last,
    });
    await put('class_change', { centre_id: centre, class_id: id, file_id: first, at: firstAt, after: { title: each.title } });
    if (last === second)
      await put('class_change', {
        centre_id: centre,
        class_id: id,
        file_id: second,
        at: secondAt,
        before: { taken_elsewhere: was, ...(because === null ? {} : { state: 'tentative' }), file_id: first, taken_as_of: firstAt, cancelled_because: null },
        after: { taken_elsewhere: is, ...(because === null ? {} : { state: 'cancelled', cancelled_because: because }), file_id: second, taken_as_of: secondAt },
      });
  }
}

/** What a manager sends today: a class fuller than last week, new ones, and rows that somebody has to look at. */
export const classTable = `kviknummer;fagkode;holdtitel;skole;sted;postnr;startdato;slutdato;tilmeldingsfrist;undervisningsform;min deltagere;pladser;tilmeldte;normpris
40902TVÆ2702A;40902;CNC-drejning, trin 1;Tværby Tekniske Skole;Maskinværkstedet;7611 Tværby;01.02.2027;12.02.2027;04.01.2027;Hele dage;8;14;11;654,00
40903TVÆ2702A;40903;Varmt arbejde;Tværby Tekniske Skole;Brandøvelsespladsen;7611 Tværby;17.02.2027;17.02.2027;03.02.2027;Hele dage;10;20;12;654,00
40902TVÆ2704B;40902;CNC-drejning, trin 2;Tværby Tekniske Skole;Maskinværkstedet;7611 Tværby;12.04.2027;23.04.2027;15.03.2027;Delt over fire uger;8;14;0;654,00
40905TVÆ2703A;40905;Køleteknik og naturlige kølemidler;Tværby Tekniske Skole;Kølelaboratoriet;7611 Tværby;08.03.2027;12.03.2027;08.02.2027;Efter aftale;6;8;2;"1.236,00 kr."
40905TVÆ2703B;40905;Køleteknik og naturlige kølemidler;Tværby Tekniske Skole;Kølelaboratoriet;7611 Tværby;19.03.2027;15.03.2027;08.02.2027;Hele dage;6;8;0;1.236,00
40906STR2702A;40906;Robotbetjening;Strandby Tekniske Skole;Hal 1;7600;22.02.2027;26.02.2027;;Hele dage;6;10;0;654,00
`;
