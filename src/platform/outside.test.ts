import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { type Ask, isPublic, OutsideError, openOutside } from './outside.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;
let handler: Handler = (_request, response) => void response.end('hej');
const seen: { url: string; authorization: string | undefined; method: string | undefined }[] = [];
const server = http.createServer((request, response) => {
  seen.push({ url: request.url ?? '', authorization: request.headers.authorization, method: request.method });
  handler(request, response);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
/** A server that speaks no HTTP, or only a part of it. */
let raw: (socket: net.Socket) => void = () => undefined;
const liar = net.createServer((socket) => {
  socket.on('error', () => undefined);
  raw(socket);
});
await once(liar.listen(0, '127.0.0.1'), 'listening');
const { port: liarPort } = liar.address() as AddressInfo;
afterAll(() => {
  server.closeAllConnections();
  server.close();
  liar.close();
});

const home = `http://127.0.0.1:${port}`;
const outside = openOutside([`127.0.0.1:${port}`, `127.0.0.1:${liarPort}`]);
const limits = { bytes: 100_000, milliseconds: 5_000 };
const ask = (url: string, more: Partial<Ask> = {}, from = outside) => from.ask(url, { ...limits, ...more });
const faultOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => {
      expect(error).toBeInstanceOf(OutsideError);
      const { fault, message, cause } = error as OutsideError;
      expect({ message, cause }, 'an error says its kind and nothing else').toEqual({ message: fault, cause: undefined });
      return fault;
    },
  );

describe('no way to machines inside', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '192.0.0.8',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::1',
    '2001:0:7f00:1::1',
    '2001:db8::1',
    'nonsense',
  ])('%s is none of the public internet', (address) => expect(isPublic(address)).toBe(false));

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.167.1.1', '2a00:1450:400f:80d::200e', '2606:4700::1111'])('%s is', (address) => expect(isPublic(address)).toBe(true));

  test.each([
    ['http://127.0.0.1/', 'inside'],
    ['http://2130706433/', 'inside'],
    ['http://0x7f.1/', 'inside'],
    ['http://0177.0.0.1/', 'inside'],
    ['http://[::1]/', 'inside'],
    ['http://[::ffff:127.0.0.1]/', 'inside'],
    ['https://169.254.169.254/latest/meta-data', 'inside'],
    ['https://kalender.example:8443/', 'inside'],
    [`http://127.0.0.1:${liarPort + 1}/`, 'inside'],
    ['https://anna:hemmelig@kalender.example/', 'address'],
    ['file:///etc/passwd', 'address'],
    ['gopher://kalender.example/', 'address'],
    ['kalender', 'address'],
    [`https://${'ø'.repeat(300)}/`, 'address'],
    [`https://${'kalender.'.repeat(29)}example/`, 'address'],
  ])('%s is refused before a name is looked up', async (url, fault) => {
    const blind = openOutside([], () => Promise.reject(new Error('looked up')));
    expect(blind.refusal(url)).toBe(fault);
    expect(await faultOf(ask(url, {}, blind))).toBe(fault);
  });

  test('a name that leads inside is refused, with or without a dot at its end', async () => {
    for (const found of [['127.0.0.1'], ['10.0.0.5', '::1'], ['fd00::1']]) {
      const led = openOutside([], async () => found);
      for (const name of ['kalender.example', 'localhost', 'localhost.']) expect(await faultOf(ask(`http://${name}/`, {}, led))).toBe('inside');
    }
    expect(
      await faultOf(
        ask(
          'http://kalender.example/',
          {},
          openOutside([], () => Promise.reject(new Error('no such name'))),
        ),
      ),
    ).toBe('unreachable');
  });

  test('a name is looked up once for each hop, and the connection goes to what was found: a name server that answers differently a moment later gains nothing', async () => {
    const answers = [['127.0.0.1'], ['192.0.2.1']];
    const pinned = openOutside([`kalender.example:${port}`], async () => answers.shift() ?? []);
    handler = (_request, response) => response.end('hej');
    expect(await ask(`http://kalender.example:${port}/`, {}, pinned)).toMatchObject({ status: 200, text: 'hej' });
    expect(answers).toHaveLength(1);
  });

  test.each(['http://127.0.0.1:1/', 'http://10.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data/', '//127.0.0.1:2/', 'http://localhost/'])(
    'a redirect to %s is refused',
    async (location) => {
      handler = (_request, response) => response.writeHead(302, { location }).end();
      const led = openOutside([`127.0.0.1:${port}`], async () => ['127.0.0.1']);
      expect(await faultOf(ask(home, {}, led))).toBe('inside');
    },
  );

  test('a redirect to a file or to nonsense is refused', async () => {
    for (const location of ['file:///etc/passwd', 'http://', 'javascript:1']) {
      handler = (_request, response) => response.writeHead(301, { location }).end();
      expect(await faultOf(ask(home))).toBe('address');
    }
  });
});

test('own servers are listed as host:port, and nothing else is taken for one', () => {
  const hosts = (value: string) => readConfig({ VEJNET_INSIDE_HOSTS: value }, '/', 'live').insideHosts;
  expect(hosts('')).toEqual([]);
  expect(hosts('Kalender.skole.example:5232, [fd00::1]:443')).toEqual(['kalender.skole.example:5232', '[fd00::1]:443']);
  for (const nonsense of ['kalender.example', 'https://kalender.example:443', '*:80']) expect(() => hosts(nonsense)).toThrow(ConfigError);
  // The name it had when only calendars were asked.
  expect(readConfig({ VEJNET_CALENDAR_HOSTS: 'kalender.example:5232', VEJNET_INSIDE_HOSTS: 'id.example:8443' }, '/', 'live').insideHosts).toEqual(['id.example:8443', 'kalender.example:5232']);
});

describe('redirects', () => {
  test('three are followed, with the same method and text; a fourth is not', async () => {
    const steps =
      (count: number): Handler =>
      (request, response) => {
        const at = Number(request.url?.slice(1) || 0);
        if (at < count) response.writeHead(307, { location: `/${at + 1}` }).end();
        else request.pipe(response);
      };
    handler = steps(3);
    expect(await ask(home, { method: 'REPORT', body: 'hej' })).toMatchObject({ status: 200, text: 'hej', url: `${home}/3` });
    handler = steps(4);
    expect(await faultOf(ask(home))).toBe('redirects');
    handler = steps(1);
    expect(await ask(home, { follow: false })).toMatchObject({ status: 307, headers: { location: '/1' } });
  });

  test('a password goes to no other server, and over no plain line', async () => {
    const authorization = 'Basic YW5uYTpoZW1tZWxpZw==';
    handler = (_request, response) => response.writeHead(302, { location: `http://localhost:${port}/` }).end();
    const both = openOutside([`127.0.0.1:${port}`, `localhost:${port}`], async () => ['127.0.0.1']);
    seen.splice(0);
    expect(await faultOf(ask(home, { headers: { Authorization: authorization } }, both))).toBe('redirects');
    expect(seen[0]?.authorization).toBe(authorization);
    expect(seen.slice(1).every((each) => each.authorization === undefined)).toBe(true);
    expect(
      await faultOf(
        ask(
          'http://kalender.example/',
          { headers: { Authorization: authorization } },
          openOutside([], async () => ['8.8.8.8']),
        ),
      ),
    ).toBe('insecure');
  });
});

describe('slow and lying servers', () => {
  test('one that never answers, and one that sends a letter now and then, are left when the time is up', async () => {
    handler = () => undefined;
    expect(await faultOf(ask(home, { milliseconds: 150 }))).toBe('slow');
    handler = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await faultOf(ask(home, { milliseconds: 200 }))).toBe('slow');
    expect(
      await faultOf(
        ask(
          'http://kalender.example/',
          { milliseconds: 100 },
          openOutside([], () => new Promise(() => undefined)),
        ),
      ),
    ).toBe('slow');
  });

  test('one that sends more than was agreed is cut off: when it says so, when it does not, and when it is packed', async () => {
    handler = (_request, response) => response.writeHead(200, { 'content-length': '9999999999' }).write('x');
    expect(await faultOf(ask(home))).toBe('too_large');
    let sent = 0;
    handler = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000))) sent += 10_000;
      };
      response.on('drain', more);
      more();
    };
    expect(await faultOf(ask(home))).toBe('too_large');
    expect(sent).toBeLessThan(50_000_000);
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(limits.bytes);
    handler = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    expect(await faultOf(ask(home))).toBe('too_large');
  });

  test('what is packed as was asked is unpacked; anything else is unreadable', async () => {
    handler = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Bjergager & Sønner'));
    expect((await ask(home)).text).toBe('Bjergager & Sønner');
    for (const [packing, body] of [
      ['gzip', 'no gzip'],
      ['br', 'x'],
      ['gzip, gzip', 'x'],
    ] as const) {
      handler = (_request, response) => response.writeHead(200, { 'content-encoding': packing }).end(body);
      expect(await faultOf(ask(home))).toBe('unreadable');
    }
  });

  test('one that breaks off, speaks something else, floods with headers, or is not there', async () => {
    handler = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('x');
      setImmediate(() => response.destroy());
    };
    expect(await faultOf(ask(home))).toBe('unreachable');
    raw = (socket) => socket.end('SSH-2.0-hemmelig\r\n');
    expect(await faultOf(ask(`http://127.0.0.1:${liarPort}/`))).toBe('unreadable');
    raw = (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x-many: 1\r\n'.repeat(20_000)}\r\n`);
    expect(await faultOf(ask(`http://127.0.0.1:${liarPort}/`))).toBe('unreadable');
    raw = (socket) => socket.destroy();
    expect(await faultOf(ask(`http://127.0.0.1:${liarPort}/`))).toBe('unreachable');
    raw = (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n');
    expect(await faultOf(ask(`https://127.0.0.1:${liarPort}/`))).toMatch(/unreachable|unreadable/);
  });
});
