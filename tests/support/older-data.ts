import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { someCvr } from './factory.ts';

/**
 * What a centre had before Vejnet did more than visit: people, companies, a campaign that was called, a meeting and its report; all invented, written as rows into whatever that
 * version's tables were. Returns the ids.
 * @param closedOnList whether a company that has closed may wait to be called, as it could before migration 37
 */
export async function fillOlder(owner: pg.Client, closedOnList: boolean) {
  const id = {
    region: randomUUID(),
    centre: randomUUID(),
    schools: [randomUUID(), randomUUID(), randomUUID()] as const,
    organisation: randomUUID(),
    anna: randomUUID(),
    bo: randomUUID(),
    camilla: randomUUID(),
    companies: [randomUUID(), randomUUID(), randomUUID()] as const,
    contact: randomUUID(),
    campaign: randomUUID(),
    items: [randomUUID(), randomUUID()] as const,
    call: randomUUID(),
    meeting: randomUUID(),
    report: randomUUID(),
    mail: randomUUID(),
  };
  const [smith, joiner, mill] = id.companies;
  const [school] = id.schools;
  const at = '2026-11-10T09:00:00Z';
  const put = async (table: string, ...rows: Record<string, unknown>[]) => {
    for (const row of rows) {
      const columns = Object.keys(row);
      await owner.query(`insert into vn.${table} (${columns.join(', ')}) values (${columns.map((_, place) => `$${place + 1}`).join(', ')})`, Object.values(row));
    }
  };
  const centre_id = id.centre;
  await put('region', { id: id.region, name: 'Region Opdigtet' });
  await put('centre', { id: id.centre, key: `old-${id.centre}`, region_id: id.region, name: 'VEU-center Den Gamle' });
  await owner.query(`select set_config('app.centre', $1, false), set_config('app.now', $2, false)`, [id.centre, at]);
  await put('school', ...id.schools.map((each, place) => ({ centre_id, id: each, name: `Skole ${'ABC'[place]}`, kind: 'technical', town: 'Limvig' })));
  await put('organisation', { centre_id, id: id.organisation, kind: 'call_centre', name: 'Ringbro' });
  await put('person', ...(['anna', 'bo', 'camilla'] as const).map((who) => ({ id: id[who], name: who, email: `${who}-${id[who]}@skole.example`, created_at: at })));
  const member = { centre_id, during: '[2024-01-01,)' };
  await put(
    'membership',
    { ...member, id: randomUUID(), person_id: id.anna, role: 'consultant', school_id: school },
    { ...member, id: randomUUID(), person_id: id.bo, role: 'agent', organisation_id: id.organisation },
    { ...member, id: randomUUID(), person_id: id.camilla, role: 'coordinator' },
  );
  await put('processor_agreement', { centre_id, id: randomUUID(), organisation_id: id.organisation, reference: 'Aftale', signed_on: '2026-01-01', during: '[2026-01-01,)' });
  for (const [place, name] of ['Ålborghus Smedje', 'Sønder Snedkeri', 'Den Gamle Mølle'].entries()) {
    await put('company', {
      id: id.companies[place],
      cvr: someCvr(),
      name,
      phone: `0012340${place}`,
      source: 'cvr',
      created_at: at,
      municipality: '0665',
      postcode: '7620',
      town: 'Limvig',
      status: place === 2 ? 'ceased' : 'active',
    });
    await put('relation', { centre_id, company_id: id.companies[place], since: at });
  }
  await put('contact', {
    centre_id,
    id: id.contact,
    company_id: smith,
    name: 'Preben Æbeltoft',
    role: 'owner',
    email: 'preben@smedjen.example',
    basis: 'public_task',
    source: 'Opkald',
    review_on: '2028-11-17',
    created_at: at,
  });
  await put('campaign', {
    centre_id,
    id: id.campaign,
    name: 'Metal før',
    goal: 'Tale om uddannelse',
    why: 'Ingen skole har kontakt',
    aim: 'breadth',
    routes: ['call_centre'],
    starts: '2026-10-01',
    ends: '2027-12-31',
    criteria: {},
    seed: 1,
    frozen_at: at,
    hearing_opened_at: at,
    hearing_deadline: '2026-11-24T09:00:00Z',
    created_at: at,
    created_by: id.camilla,
  });
  await put('campaign_script', { centre_id, campaign_id: id.campaign, language: 'da', text: 'Goddag, jeg ringer for alle skolerne.' });
  for (const company_id of closedOnList ? id.companies : [smith, joiner]) await put('target', { centre_id, campaign_id: id.campaign, company_id, facts: { size: 'small' } });
  for (const school_id of id.schools) await put('hearing', { centre_id, campaign_id: id.campaign, school_id, answered_at: at, answered_by: id.camilla });
  await owner.query(`update vn.campaign set hearing_closed_at = $1 where id = $2`, [at, id.campaign]);
  await owner.query(`update vn.target set struck = false, available = true where campaign_id = $1`, [id.campaign]);
  const item = { centre_id, campaign_id: id.campaign, available_at: at };
  await put(
    'queue_item',
    { ...item, id: id.items[0], company_id: smith, state: 'done', closed_because: 'outcome', attempts: 1, lease_no: 1 },
    { ...item, id: id.items[1], company_id: joiner, state: 'waiting' },
    ...(closedOnList ? [{ ...item, id: randomUUID(), company_id: mill, state: 'waiting' }] : []),
  );
  const call = { centre_id, direction: 'out', route: 'call_centre', person_id: id.bo, at, day: '2026-11-10', outcome: 'wants_contact', note: 'Vil gerne høre mere' };
  await put('call', { ...call, id: id.call, company_id: smith, campaign_id: id.campaign, queue_item_id: id.items[0], lease_no: 1, contact_id: id.contact, seconds: 240 });
  for (const [scope, scope_id] of [
    ['centre', id.centre],
    ['school', school],
    ['consultant', id.anna],
  ])
    await put('capacity', { centre_id, scope, scope_id, week: '2026-11-09', agreed: 5 });
  const during = '["2026-11-12 08:00:00+00","2026-11-12 09:00:00+00")';
  await put('meeting', {
    centre_id,
    id: id.meeting,
    company_id: smith,
    call_id: id.call,
    during,
    week: '2026-11-09',
    state: 'done',
    mode: 'availability',
    said: 'De mangler svejsere.',
    place: 'Havnevej 4, Limvig',
    person_name: 'Preben Æbeltoft',
    person_language: 'da',
    made_at: at,
    made_by: id.bo,
  });
  const staff = { centre_id, meeting_id: id.meeting, consultant_id: id.anna, school_id: school, during, week: '2026-11-09', live: true, travel_minutes: 15 };
  await put('meeting_staff', { ...staff, blocked: '["2026-11-12 07:45:00+00","2026-11-12 09:15:00+00")' });
  await put('visit_report', {
    centre_id,
    id: id.report,
    company_id: smith,
    meeting_id: id.meeting,
    person_id: id.anna,
    school_id: school,
    draft_id: randomUUID(),
    visited_on: '2026-11-12',
    kind: 'advice',
    about: 'De svejser aluminium på værftet.',
    agreed: 'Vi ringer i uge 49.',
    topics: ['certificates'],
    barriers: ['too_few'],
    people: '[{"name":"Preben Æbeltoft","role":"Ejer"}]',
    sent_at: '2026-11-12T12:00:00Z',
  });
  await put('timeline_entry', { centre_id, id: randomUUID(), company_id: smith, at, kind: 'contact.added', subject: id.contact, data: { role: 'owner' } });
  await put('mail', { id: id.mail, centre_id, at, to_address: 'preben@smedjen.example', subject: 'Besøg den 12. november', text: 'Hej Preben', state: 'sent', sent_at: at });
  await owner.query(`select set_config('app.centre', '', false), set_config('app.now', '', false)`);
  return id;
}
