import { expect, test } from 'vitest';
import { testApp } from '../../tests/support/app.ts';
import { municipalities } from './municipalities.ts';

const app = await testApp();

test('the list in the code and the list in the database are one', async () => {
  const found = await app.owner.query<{ code: string; name: string }>('select code, name from vn.municipality');
  expect(Object.fromEntries(found.rows.map(({ code, name }) => [code, name]))).toEqual(municipalities);
});
