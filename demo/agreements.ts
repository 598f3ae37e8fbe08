import type { Send } from './advice.ts';
import { demoId } from './ids.ts';

type Line = [course: string, people: number, seats: number, inClass?: true];
interface Agreed {
  by: string;
  company: string;
  school: string;
  on: string;
  /** The visit that a report was written about, else a meeting or a call. */
  source: 'visit' | 'meeting' | 'call';
  /** The calls of the campaign led there. */
  campaign?: true;
  courses: Line[];
  note?: string;
  /** What became of it. */
  kept?: string;
  fallen?: string;
}

const agreements: Agreed[] = [
  { by: 'anna', company: 'Bjergager Træindustri', school: 'f', on: '2026-11-12', source: 'visit', courses: [['dansk-1', 4, 4, true]], note: 'Holdet skal ligge før morgenvagten.' },
  {
    by: 'anna',
    company: 'Bjergager Træindustri',
    school: 'a',
    on: '2026-11-13',
    source: 'visit',
    courses: [
      ['40011', 3, 3, true],
      ['40016', 2, 2],
    ],
    note: 'De kører sammen i firmaets bil.',
  },
  { by: 'conni', company: 'Toftlund Bageri', school: 'c', on: '2026-11-16', source: 'meeting', courses: [['40031', 5, 5, true]] },
  { by: 'bjarke', company: 'Lyngbjerg Maskinteknik', school: 'b', on: '2026-10-21', source: 'meeting', courses: [['40014', 6, 6, true]], note: 'To hold på skift, så linjen kan køre.' },
  { by: 'anna', company: 'Hedelund Transport', school: 'a', on: '2026-10-06', source: 'call', courses: [['40011', 2, 2]], kept: 'Kursuskontoret har dem på deltagerlisten for oktober.' },
  { by: 'bjarke', company: 'Toftlund Transport', school: 'b', on: '2026-09-15', source: 'call', courses: [['40016', 8, 8]], kept: 'Alle otte fik bevis den 9. oktober.' },
  { by: 'conni', company: 'Egelund Vinduer', school: 'c', on: '2026-09-23', source: 'meeting', courses: [['40012', 4, 4]], fallen: 'Stor ordre: ingen kan undværes før sommer.' },
  { by: 'bjarke', company: 'Toftlund Stålhegn', school: 'b', on: '2026-11-16', source: 'call', campaign: true, courses: [['40014', 3, 3, true]] },
  {
    by: 'anna',
    company: 'Enghave Smede & Montage',
    school: 'a',
    on: '2026-11-16',
    source: 'call',
    campaign: true,
    courses: [['40021', 2, 2]],
    fallen: 'Firmaet sender folk hjem og tør ikke binde sig.',
  },
];

/** Training agreements of the autumn (row 4.21), and the goal of the year. */
export async function agree(send: Send, enter: (person: string) => Promise<void>, at: (instant: string) => void): Promise<void> {
  at('2026-11-16T14:40:00+01:00');
  await enter('camilla');
  await send('PUT', '/api/training-agreement-goals/2026', 'camilla', { goal: 30 }, 0);
  const campaigns = (await send('GET', '/api/campaigns?limit=20', 'camilla')).json<{ items: { id: string; name: string }[] }>().items;
  const metal = campaigns.find(({ name }) => name.startsWith('Metal'))?.id ?? null;
  for (const { by, company: name, school, on, source, campaign, courses, note = '', kept, fallen } of agreements) {
    await enter(by);
    const company = (await send('GET', `/api/companies?search=${encodeURIComponent(name)}&limit=1`, by)).json<{ items: { id: string }[] }>().items[0]?.id;
    const [report] = source === 'visit' ? (await send('GET', `/api/visit-reports?company=${company}&limit=1`, by)).json<{ items: { id: string }[] }>().items : [];
    const lines = [];
    for (const [course, people, seats, inClass] of courses) {
      const id = demoId('course', course);
      const [held] = inClass ? (await send('GET', `/api/classes?course=${id}&school=${demoId('school', school)}&limit=1`, by)).json<{ items: { id: string }[] }>().items : [];
      lines.push({ course: id, class: held?.id ?? null, people, seats });
    }
    const made = (
      await send('POST', '/api/training-agreements', by, {
        company,
        school: demoId('school', school),
        source,
        report: report?.id ?? null,
        campaign: campaign ? metal : null,
        agreedOn: on,
        note,
        courses: lines,
      })
    ).json<{
      id: string;
    }>();
    if (kept !== undefined) await send('PUT', `/api/training-agreements/${made.id}/state`, by, { state: 'kept', word: kept }, 1);
    if (fallen !== undefined) await send('PUT', `/api/training-agreements/${made.id}/state`, by, { state: 'fallen', because: fallen }, 1);
  }
}
