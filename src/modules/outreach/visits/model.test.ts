import { describe, expect, test } from 'vitest';
import type { Content, Draft, Report } from './contract.ts';
import { contentOf, dayFrom, differences, emptyContent, isOwn, type Kept, keptFrom, mayKeepBoth, merge, saysTheSame, stateOf, unsent, withoutNeed } from './model.ts';

const id = (n: number) => `01990000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const need = (what: string): Content['needs'][number] => ({ id: null, what, term: 'now', fit: null, field: null, people: null });
const offer = (at: number, what: string): Content['offers'][number] => ({ need: at, school: null, what });
const text = (patch: Partial<Content>): Content => ({ ...emptyContent('2026-11-17'), ...patch });
const draft = (content: Content, version = 1): Draft => ({ id: id(1) as Draft['id'], source: 'written', content, company: null, files: [], writtenAt: '2026-11-17T09:40:00.000Z', version });
const kept = (patch: Partial<Kept>): Kept => ({ ...keptFrom('anna centre', draft(emptyContent('2026-11-17'))), ...patch });

describe('2.22 what waits', () => {
  test('a draft that the server has is no loss; one that was written on, waits, clashes or has a file here is', () => {
    expect(unsent(kept({}), 0)).toBe(false);
    expect(unsent(kept({ edited: 3, synced: 3 }), 0)).toBe(false);
    expect(unsent(kept({ edited: 3, synced: 2 }), 0)).toBe(true);
    expect(unsent(kept({ waitingSince: '2026-11-17T10:00:00.000Z' }), 0)).toBe(true);
    expect(unsent(kept({ theirs: draft(emptyContent('2026-11-17')) }), 0)).toBe(true);
    expect(unsent(kept({}), 1)).toBe(true);
  });

  test('what somebody has to look at comes before what only waits', () => {
    const waits = { waitingSince: '2026-11-17T10:00:00.000Z' };
    const refused = { type: '', status: 409, code: 'meeting_reported' };
    expect(stateOf(kept({}), 0)).toBe('saved');
    expect(stateOf(kept({ edited: 1 }), 0)).toBe('here');
    expect(stateOf(kept(waits), 0)).toBe('waiting');
    expect(stateOf(kept({ ...waits, refused }), 0)).toBe('refused');
    expect(stateOf(kept({ ...waits, refused, theirs: draft(emptyContent('2026-11-17')) }), 0)).toBe('conflict');
  });

  test('an own text whose answer was lost is no other device, however the server trims and orders it', () => {
    const tried = text({ about: 'De mangler svejsere. ', needs: [need('Svejsecertifikat ')] });
    const { needs, about, ...rest } = text({ about: 'De mangler svejsere.', needs: [{ what: 'Svejsecertifikat', people: null, field: null, fit: null, term: 'now', id: null }] });
    const theirs = draft({ needs, ...rest, about });
    expect(isOwn(kept({ tried, content: text({ about: 'De mangler svejsere. Og' }) }), theirs)).toBe(true);
    expect(isOwn(kept({ content: tried }), theirs)).toBe(true);
    expect(isOwn(kept({ tried: text({ about: 'Noget andet' }), content: text({ about: 'Noget tredje' }) }), theirs)).toBe(false);
  });

  test('a report that another device sent with another text is told from one’s own', () => {
    const content = text({ about: 'Svejsere', agreed: 'Et bud', needs: [need('Certifikat')] });
    const report = { about: 'Svejsere', agreed: 'Et bud', needs: [{ id: id(2), what: 'Certifikat', term: 'now', fit: null, field: null, people: null }] } as unknown as Report;
    expect(saysTheSame(content, report)).toBe(true);
    expect(saysTheSame({ ...content, about: 'Svejsere og mere' }, report)).toBe(false);
    expect(saysTheSame({ ...content, needs: [] }, report)).toBe(false);
  });
});

describe('2.22 two texts of one report', () => {
  test('only what differs is asked about, and needs go with their offers', () => {
    const mine = text({ about: 'Her', needs: [need('Truck')], offers: [offer(0, 'Kursus')] });
    expect(differences(mine, mine)).toEqual([]);
    expect(differences(mine, { ...mine, about: 'Her ' })).toEqual([]);
    expect(differences(mine, { ...mine, about: 'Der', km: 4 })).toEqual(['about', 'km']);
    expect(differences(mine, { ...mine, offers: [offer(0, 'Et andet kursus')] })).toEqual(['needs']);
  });

  test('both are kept unless somebody chose: texts one after the other, lists without doubles, offers at their needs', () => {
    const mine = text({ about: 'Her', topics: ['training'], needs: [need('Truck')], offers: [offer(0, 'Truckkursus')] });
    const theirs = text({ about: 'Der', topics: ['training', 'digital'], needs: [need('Dansk'), need('Truck')], offers: [offer(0, 'FVU'), offer(1, 'Truckkursus')] });
    const both = merge(mine, theirs, {});
    expect(both).toMatchObject({ about: 'Her\n\nDer', topics: ['training', 'digital'] });
    expect(both.needs.map(({ what }) => what)).toEqual(['Truck', 'Dansk']);
    expect(both.offers.map((each) => [both.needs[each.need]?.what, each.what])).toEqual([
      ['Truck', 'Truckkursus'],
      ['Dansk', 'FVU'],
    ]);
    expect(merge(text({ about: '' }), text({ about: 'Der' }), {}).about).toBe('Der');
  });

  test('a chosen side stands alone; a figure cannot be both, and one’s own stands where nobody chose', () => {
    const mine = text({ about: 'Her', km: 4, needs: [need('Truck')] });
    const theirs = text({ about: 'Der', km: 8, needs: [need('Dansk')], offers: [offer(0, 'FVU')] });
    expect(mayKeepBoth('km')).toBe(false);
    expect(merge(mine, theirs, {}).km).toBe(4);
    expect(merge(mine, theirs, { km: 'theirs', about: 'mine', needs: 'theirs' })).toMatchObject({ km: 8, about: 'Her', needs: theirs.needs, offers: theirs.offers });
  });
});

test('3.04 a need goes with its offers, and the others keep pointing at theirs', () => {
  const content = text({ needs: [need('A'), need('B'), need('C')], offers: [offer(0, 'a'), offer(1, 'b'), offer(2, 'c')] });
  const left = withoutNeed(content, 1);
  expect(left.needs.map(({ what }) => what)).toEqual(['A', 'C']);
  expect(left.offers).toEqual([offer(0, 'a'), offer(1, 'c')]);
});

test('2.22 days without coverage are counted from the day that the centre last said, a demonstration’s too', () => {
  expect(dayFrom({ today: '2026-11-17', deviceDay: '2026-11-17' }, '2026-11-19')).toBe('2026-11-19');
  expect(dayFrom({ today: '2026-11-17', deviceDay: '2025-03-29' }, '2025-03-31')).toBe('2026-11-19');
});

test('2.22 a report begins with what its meeting says: whom, and the time with the way there and back', () => {
  const meeting = { id: id(3), company: { id: id(4) }, start: '2026-11-17T08:30:00.000Z', end: '2026-11-17T09:30:00.000Z', travelMinutes: 15, contact: { name: 'Lone Ravn', role: 'Ejer' } };
  expect(contentOf(meeting, '2026-11-17', 24)).toMatchObject({ company: id(4), meeting: id(3), minutes: 90, km: 24, people: [{ name: 'Lone Ravn', role: 'Ejer' }], needs: [] });
});
