import type { Send } from './advice.ts';
import { demoId } from './ids.ts';

const jobcentres = [
  { cvr: '99990007', name: 'Jobcenter Tværby', address: 'Rådhuspladsen 1', postcode: '7600', town: 'Tværby', phone: '00 45 10 20' },
  { cvr: '99990414', name: 'Jobcenter Limvig', address: 'Torvet 3', postcode: '7620', town: 'Limvig', phone: '00 45 10 30' },
];
const welders = {
  trade: 'Svejsere til tårnproduktion',
  forWhom: 'Metalfirmaer ved havnen i Tværby',
  people: 12,
  earliest: '2027-01-04',
  learn: 'Svejsning i stål og rustfrit, tegningslæsning, § 26 og sikkerhed. Mange har været væk fra arbejdet længe, så dansk og regning skal med.',
};
const kitchens = { trade: 'Køkkenmedhjælpere', forWhom: 'Plejehjem og kantiner', people: 8, earliest: '2026-09-01', learn: 'Hygiejne, førstehjælp og råvarer.' };

/** What jobcentres need people for (row 2.31): one course that runs twice a year, one need that a jobcentre wrote behind its link, one that was stopped. */
export async function recruit(send: Send, enter: (person: string) => Promise<void>, at: (instant: string) => void): Promise<void> {
  at('2026-11-13T10:30:00+01:00');
  for (const person of ['bjarke', 'emil', 'camilla']) await enter(person);
  const ids: string[] = [];
  for (const jobcentre of jobcentres) ids.push((await send('POST', '/api/companies', 'bjarke', jobcentre)).json<{ id: string }>().id);
  const [tværby, limvig] = ids;
  const need = (await send('POST', '/api/recruitment-needs', 'bjarke', { jobcentre: tværby, ...welders })).json<{ id: string }>();
  const plan = { course: demoId('course', '40021'), school: demoId('school', 'b'), weeks: 9, runsAYear: 2, seats: 10, minimum: 8, maximum: 14, starts: '08:00', ends: '15:00' };
  await send('PUT', `/api/recruitment-needs/${need.id}/plan`, 'emil', plan, 1);
  const planned = (await send('POST', `/api/recruitment-needs/${need.id}/runs`, 'emil', { count: 1 }, 2)).json<{ runs: { class: { id: string } }[] }>();
  await send('POST', `/api/classes/${planned.runs[0]?.class.id}/seats`, 'bjarke', { company: tværby, heads: 4 });
  const over = (await send('POST', '/api/recruitment-needs', 'camilla', { jobcentre: limvig, ...kitchens })).json<{ id: string }>();
  await send('PUT', `/api/recruitment-needs/${over.id}/stop`, 'camilla', { because: 'Plejehjemmene ansætter selv og lærer folk op på stedet.' }, 1);
  await send('PUT', `/api/companies/${tværby}/contact-person`, 'bjarke', { person: demoId('person', 'bjarke'), note: '' }, 0);
  const email = 'rie@jobcenter-tvaerby.example';
  const rie = { name: 'Rie Holt', role: 'leader', title: 'Virksomhedskonsulent', email, basis: 'public_task', source: 'Møde på jobcentret den 9. november', reviewOn: '2028-11-13' };
  const contact = (await send('POST', `/api/companies/${tværby}/contacts`, 'bjarke', rie)).json<{ id: string }>();
  await send('POST', `/api/companies/${tværby}/pages`, 'bjarke', { contact: contact.id, saidYes: true });
  const mails = (await send('GET', '/api/demonstration/mails?limit=200', null)).json<{ items: { to: string; text: string }[] }>().items;
  const token = /\/company#([\w-]{43})/.exec(mails.find(({ to }) => to === email)?.text ?? '')?.[1];
  at('2026-11-16T13:20:00+01:00');
  await send('POST', '/api/company-page/recruitment-needs', null, {
    token,
    trade: 'Chauffører til flextrafik',
    forWhom: 'To vognmænd i kommunen',
    people: 6,
    earliest: '2027-02-01',
    learn: 'Kørekort til bus, befordring af bevægelseshæmmede og førstehjælp.',
  });
}
