/** npm run bench -- files [--quick]: how quickly CVR's own JSON is read into records, and into facts; each 80 MB (20), the median of three. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fromCvrHit } from '../src/modules/companies/imports/model.ts';
import { type Again, jsonRecords } from '../src/platform/reading.ts';

const bytes = process.argv.includes('--quick') ? 20_000_000 : 80_000_000;
const sample = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../demo/sample-cvr.json'), 'utf8')) as { hits: { hits: unknown[] } };
const hit = JSON.stringify(sample.hits.hits[0]);
const block = Buffer.from(`,${hit}`.repeat(Math.ceil(262_144 / hit.length)));
const file: Again = (_from = 0, to = Number.POSITIVE_INFINITY) =>
  Readable.from(
    (function* () {
      yield Buffer.from(`{"hits":{"hits":[${hit}`);
      for (let sent = 0; sent < Math.min(bytes, to); sent += block.length) yield block;
      yield Buffer.from(']}}');
    })(),
  );

async function perSecond(each: (record: unknown) => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    for await (const record of jsonRecords(file)) each(record);
    rounds.push(bytes / 1000 / (performance.now() - began));
  }
  return rounds.sort((a, b) => a - b)[1] as number;
}

const records = await perSecond(() => undefined);
const facts = await perSecond(fromCvrHit);
console.log(`CVR's JSON, hits of ${hit.length} bytes: ${Math.round(records)} MB/s into records, ${Math.round(facts)} MB/s into facts`);
