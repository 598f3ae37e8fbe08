import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  data: AsyncIterable<string>;
}

const most = 0xffff_ffff;
/** MS-DOS date and time, in UTC. */
const dosTime = (at: Date) => (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
const dosDate = (at: Date) => ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();

function record(...parts: (readonly [2 | 4, number] | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (Buffer.isBuffer(part)) return part;
      const [bytes, value] = part;
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

/** The bytes of one entry, packed as they come; the checksum is known when all have been. */
async function* packed(data: AsyncIterable<string>, seen: { crc: number; size: number }): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const text of data) {
      const bytes = Buffer.from(text);
      seen.crc = crc32(bytes, seen.crc);
      seen.size += bytes.length;
      yield bytes;
    }
  }
  const deflate = createDeflateRaw();
  // A fault of the source destroys the stream that is read here, and is thrown there.
  pipeline(Readable.from(counted()), deflate, () => undefined);
  yield* deflate as AsyncIterable<Buffer>;
}

/**
 * A ZIP archive (PKWARE APPNOTE 6.3, names in UTF-8) that is written while its files are made: nothing is held but the list of names. One that breaks off has no list
 * at its end and opens nowhere.
 * @throws where a file or the archive would pass 4 GiB
 */
export async function* zip(entries: AsyncIterable<ZipEntry>, at: Date): AsyncGenerator<Buffer> {
  // Sizes stand behind the data (bit 3), names are UTF-8 (bit 11), packed by deflate (8).
  const common = [
    [2, 20],
    [2, 0x0808],
    [2, 8],
    [2, dosTime(at)],
    [2, dosDate(at)],
  ] as const;
  const listed: Buffer[] = [];
  let offset = 0;
  const out = (bytes: Buffer) => {
    offset += bytes.length;
    if (offset > most) throw new Error('the archive passes 4 GiB');
    return bytes;
  };
  for await (const { name, data } of entries) {
    const start = offset;
    const named = Buffer.from(name);
    const seen = { crc: 0, size: 0 };
    yield out(record([4, 0x04034b50], ...common, [4, 0], [4, 0], [4, 0], [2, named.length], [2, 0], named));
    const from = offset;
    for await (const bytes of packed(data, seen)) yield out(bytes);
    const size = offset - from;
    if (seen.size > most) throw new Error(`${name} passes 4 GiB`);
    yield out(record([4, 0x08074b50], [4, seen.crc], [4, size], [4, seen.size]));
    listed.push(record([4, 0x02014b50], [2, 20], ...common, [4, seen.crc], [4, size], [4, seen.size], [2, named.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, start], named));
  }
  const start = offset;
  const list = Buffer.concat(listed);
  yield out(list);
  yield record([4, 0x06054b50], [2, 0], [2, 0], [2, listed.length], [2, listed.length], [4, list.length], [4, start], [2, 0]);
}
