import { expect, test } from 'vitest';
import { testApp } from '../../../../tests/support/app.ts';
import { seen } from '../../../../tests/support/ask.ts';
import { makeCentre } from '../../../../tests/support/factory.ts';

const app = await testApp();

test('4.03 a school says what it can run at once; others read it and change nothing', async () => {
  const it = await makeCentre(app);
  const path = `/api/schools/${it.centre.schools.b}/running-limits`;
  const body = { rooms: [{ town: 'Lemvig', rooms: 2 }], teachers: [{ field: 'certificates', teachers: 0 }] };
  expect((await app.request(null).get(path)).status).toBe(401);
  expect((await app.request(it.emil).get(path)).body).toMatchObject({ version: 0, can: { edit: true } });
  expect(await app.request(it.dorte).put(path, body, seen(0))).toMatchObject({ status: 403, body: { code: 'limits_not_yours' } });
  expect((await app.request(it.anna).get(path)).body.can).toEqual({ edit: false });
  const other = await makeCentre(app);
  expect((await app.request(other.camilla).get(path)).status).toBe(404);
  expect((await app.request(other.camilla).put(path, body, seen(0))).status).toBe(404);

  const written = await app.request(it.emil).put(path, body, seen(0));
  expect(written, written.text).toMatchObject({ status: 200, body: { version: 1 } });
  expect(written.body.rooms).toContainEqual({ town: 'Lemvig', rooms: 2 });
  expect(written.body.teachers).toContainEqual({ field: 'certificates', teachers: 0 });
  expect(written.body.teachers).toContainEqual({ field: 'digital', teachers: null });
  for (const version of [0, 7]) expect((await app.request(it.camilla).put(path, body, seen(version))).status).toBe(412);
  expect((await app.request(it.camilla).put(path, { rooms: [], teachers: [] }, seen(1))).body.teachers).toContainEqual({ field: 'certificates', teachers: null });

  for (const bad of [
    { ...body, rooms: [{ town: 'Lemvig', rooms: -1 }] },
    { ...body, rooms: [{ town: ' ', rooms: 1 }] },
    { ...body, teachers: [{ field: 'juggling', teachers: 1 }] },
    { ...body, teachers: [...body.teachers, ...body.teachers] },
  ])
    expect((await app.request(it.emil).put(path, bad, seen(2))).status, JSON.stringify(bad)).toBe(400);
});

test('4.03 a town may be called anything', async () => {
  const it = await makeCentre(app);
  const path = `/api/schools/${it.centre.schools.b}/running-limits`;
  await app.owner.query(`update vn.school set town = 'constructor' where id = $1`, [it.centre.schools.b]);
  expect((await app.request(it.emil).get(path)).body.rooms).toEqual([{ town: 'constructor', rooms: null }]);
  const rooms = [{ town: '__proto__', rooms: 2 }];
  expect((await app.request(it.emil).put(path, { rooms, teachers: [] }, seen(0))).body.rooms).toEqual(expect.arrayContaining(rooms));
});
