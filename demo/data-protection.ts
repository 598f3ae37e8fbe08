import type { Send } from './advice.ts';

/** Somebody at a company who has left traces, one who said no, and one whom karen erased yesterday; a clock that stands still while a complaint is looked into. */
export async function protectData(send: Send, enter: (person: string) => Promise<void>, at: (instant: string) => void): Promise<void> {
  const find = async (name: string) => (await send('GET', `/api/companies?search=${encodeURIComponent(name)}&limit=1`, 'anna')).json<{ items: { id: string }[] }>().items[0]?.id ?? '';
  const add = async (company: string, facts: object) =>
    (await send('POST', `/api/companies/${company}/contacts`, 'anna', { language: 'da', basis: 'public_task', reviewOn: '2028-10-12', ...facts })).json<{ id: string }>().id;
  at('2026-10-12T09:15:00+02:00');
  await enter('anna');
  const works = await find('Bjergager Træindustri');
  await add(works, { name: 'Else Bjergager', role: 'owner', title: 'Ejer', phone: '00 12 12 58', email: 'else@bjergager.example', source: 'Opkald den 12. oktober' });
  const jytte = await add(works, { name: 'Jytte Rask', role: 'other', title: 'Bogholder', email: 'jytte@bjergager.example', source: 'Hjemmesiden' });
  const villads = await add(works, {
    name: 'Villads Holk',
    role: 'middle_manager',
    title: 'Værkfører',
    phone: '00 12 12 59',
    email: 'villads@bjergager.example',
    source: 'Besøg',
    reviewOn: '2026-11-30',
  });
  at('2026-11-13T14:05:00+01:00');
  await send('POST', `/api/companies/${works}/contacts/${villads}/objection`, 'anna', { reason: 'Bad om ikke at blive ringet op igen' });
  at('2026-11-16T14:40:00+01:00');
  await enter('karen');
  await send('POST', '/api/data-protection/erasures', 'karen', { refs: [`contact/${jytte}`], sure: true });
  await send('PUT', '/api/data-protection/retention/not_interested', 'karen', { months: 0, paused: { until: '2026-12-18', because: 'Vi undersøger en klage over et opkald.' } }, 0);
}
