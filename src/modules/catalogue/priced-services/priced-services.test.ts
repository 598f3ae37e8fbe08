import { describe, expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';
import { makeCourse } from '../../../../tests/support/offers.ts';
import { chainOf } from './rules.ts';

const app = await testApp();
const facts = { name: 'Opfølgning på pladsen', text: '', phase: 'after', unit: 'hour', price: 95_000, vat: 25 };
const ikv = { ...facts, name: 'IKV', phase: 'before', unit: 'person', price: 120_000, vat: 0, assessment: 'ikv', results: ['amu_certificate', 'education_plan'], freeForEmployed: true };

describe('services with a price', () => {
  test('4.07 a school prices what public money does not cover, before, during or after a course; all schools read it with VAT and without', async () => {
    const { centre, anna, dorte, emil, camilla } = await makeCentre(app);
    const course = await makeCourse(app, centre.id, { title: 'Truck' });
    const first = await app.request(dorte).post('/api/priced-services', { school: centre.schools.a, ...facts });
    expect(first, first.text).toMatchObject({ status: 201, body: { price: 95_000, vat: 25, priceWithVat: 118_750, school: { name: 'Skole A' }, course: null, version: 1, can: { edit: true } } });
    const supplement = await app.request(camilla).post('/api/priced-services', { school: centre.schools.b, ...facts, name: 'Tillæg', phase: 'during', unit: 'person', price: 70_000, vat: 0, course });
    expect(supplement, supplement.text).toMatchObject({ status: 201, body: { priceWithVat: 70_000, course: { id: course, kind: 'amu', title: 'Truck', retired: false } } });
    const read = (await app.request(anna).get('/api/priced-services')).body;
    expect(read.map(({ name, can }: { name: string; can: object }) => [name, can])).toEqual([
      ['Tillæg', { edit: false }],
      ['Opfølgning på pladsen', { edit: false }],
    ]);
    const { id } = first.body;
    expect(await app.request(emil).put(`/api/priced-services/${id}`, facts, seen(1))).toMatchObject({ status: 403, body: { code: 'service_not_yours' } });
    expect(await app.request(dorte).put(`/api/priced-services/${id}`, { ...facts, price: 100_000, retired: true }, seen(1))).toMatchObject({
      status: 200,
      body: { version: 2, priceWithVat: 125_000 },
    });
    expect(await app.request(dorte).put(`/api/priced-services/${id}`, facts, seen(1))).toMatchObject({ status: 412, body: { current: { version: 2 } } });
    expect((await app.request(anna).get('/api/priced-services')).body).toHaveLength(1);
    expect((await app.request(anna).get('/api/priced-services?retired=true')).body).toHaveLength(2);
  });

  test('4.07 prices below nothing, VAT that is none, strange schools and courses are refused; no other centre sees anything', async () => {
    const { centre, other, dorte, emil, camilla, ida } = await makeCentre(app);
    const elsewhere = await makeCourse(app, other.id);
    const add = (body: object, by = dorte) => app.request(by).post('/api/priced-services', { school: centre.schools.a, ...facts, ...body });
    for (const body of [
      { price: -1 },
      { price: 12.5 },
      { price: 100_000_001 },
      { vat: -1 },
      { vat: 101 },
      { vat: 2.5 },
      { unit: 'week' },
      { phase: 'later' },
      { name: ' ' },
      { school: other.schools.g },
    ])
      expect((await add(body)).status, JSON.stringify(body)).toBe(400);
    expect(await add({}, emil)).toMatchObject({ status: 403, body: { code: 'service_not_yours' } });
    expect(await add({ course: elsewhere })).toMatchObject({ status: 422, body: { code: 'course_not_known' } });
    const { id } = (await add({}, camilla)).body;
    expect(await app.request(ida).put(`/api/priced-services/${id}`, facts, seen(1))).toMatchObject({ status: 404 });
    expect((await app.request(ida).get('/api/priced-services')).body).toEqual([]);
  });

  test('4.23 IKV and RKV are services with their own kinds of result, free for whoever has work', async () => {
    const { centre, dorte } = await makeCentre(app);
    const add = (body: object) => app.request(dorte).post('/api/priced-services', { school: centre.schools.a, ...body });
    expect(await add(ikv)).toMatchObject({ status: 201, body: { assessment: 'ikv', results: ['amu_certificate', 'education_plan'], freeForEmployed: true } });
    expect(await add({ ...ikv, assessment: 'rkv', results: ['prior_learning', 'shortened'] })).toMatchObject({ status: 201 });
    for (const body of [
      { ...ikv, results: ['shortened'] },
      { ...ikv, assessment: 'rkv' },
      { ...facts, results: ['amu_certificate'] },
      { ...facts, freeForEmployed: true },
      { ...ikv, results: ['education_plan', 'education_plan'] },
    ])
      expect((await add(body)).status, JSON.stringify(body)).toBe(400);
    const straight = app.owner.query(
      `insert into vn.priced_service (centre_id, id, school_id, kind, name, phase, unit, price, vat, assessment, results) values ($1, gen_random_uuid(), $2, 'assessment', 'x', 'before', 'fixed', 0, 0, 'rkv', '{amu_certificate}')`,
      [centre.id, centre.schools.a],
    );
    await expect(straight).rejects.toThrow(/check/);
  });

  test('4.08 services form a chain: clarify, then the course, then follow-up; those of another course and retired ones stay out', () => {
    const service = (name: string, phase: 'before' | 'during' | 'after', course: string | null = null, retired = false) => ({
      name,
      phase,
      course: course === null ? null : ({ id: course } as never),
      retired,
    });
    const all = [
      service('opfølgning', 'after'),
      service('afklaring', 'before'),
      service('tillæg', 'during', 'truck'),
      service('svejseprøve', 'during', 'svejsning'),
      service('gammel', 'before', null, true),
    ];
    const names = (course: string | null) => chainOf(all, course).map(({ phase, services }) => [phase, services.map(({ name }) => name)]);
    expect(names('truck')).toEqual([
      ['before', ['afklaring']],
      ['during', ['tillæg']],
      ['after', ['opfølgning']],
    ]);
    expect(names(null)).toEqual([
      ['before', ['afklaring']],
      ['during', []],
      ['after', ['opfølgning']],
    ]);
  });

  test('4.07 a course is found for a form by number and by words, without the retired ones and without wildcards', async () => {
    const { centre, anna, ida } = await makeCentre(app);
    const id = await makeCourse(app, centre.id, { code: '40123', title: 'Svejsning 100 % i kasse' });
    await makeCourse(app, centre.id, { code: '40124', title: 'Svejsning for gamle', retired: true });
    const find = async (search: string, by = anna) => (await app.request(by).get(`/api/course-choices?search=${encodeURIComponent(search)}`)).body.map((each: { id: string }) => each.id);
    expect(await find('svejs')).toEqual([id]);
    expect(await find('4012')).toEqual([id]);
    expect(await find('100 %')).toEqual([id]);
    expect(await find('_vejs')).toEqual([]);
    expect(await find('svejs', ida)).toEqual([]);
  });
});
