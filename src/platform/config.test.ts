import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const read = (env: Record<string, string>) => readConfig(env, '/', 'live').intake;
const address = { VEJNET_INTAKE_ADDRESS: 'Rapport@vejnet.example.dk' };

describe('how mail comes in', () => {
  test('is off where nothing says it', () => expect(read({})).toBeNull());

  test('an address with a mailbox, a key, or both', () => {
    const key = '0123456789abcdef';
    expect(read({ ...address, VEJNET_INTAKE_KEY: key })).toEqual({ address: 'rapport@vejnet.example.dk', mailbox: null, key });
    const both = read({ ...address, VEJNET_INTAKE_IMAP: 'imaps://rapport%40vejnet:p%3Ass@mail.example.dk:993', VEJNET_INTAKE_KEY: key });
    expect(both).toMatchObject({ key, mailbox: { hostname: 'mail.example.dk' } });
    for (const host of ['localhost:143', '127.0.0.1:1143', '[::1]:143']) expect(read({ ...address, VEJNET_INTAKE_IMAP: `imap://a:b@${host}` })?.mailbox?.host).toBe(host);
  });

  test.each([
    [{ VEJNET_INTAKE_KEY: '0123456789abcdef' }, 'VEJNET_INTAKE_ADDRESS is missing'],
    [{ VEJNET_INTAKE_IMAP: 'imaps://a:b@mail.example' }, 'VEJNET_INTAKE_ADDRESS is missing'],
    [address, 'needs a way in'],
    [{ ...address, VEJNET_INTAKE_KEY: 'short' }, 'too short'],
    [{ VEJNET_INTAKE_ADDRESS: 'a+b@vejnet.example' }, 'without a plus'],
    [{ VEJNET_INTAKE_ADDRESS: 'svar@vejnet.example' }, 'not svar@'],
    [{ VEJNET_INTAKE_ADDRESS: 'vejnet.example' }, 'must be an address'],
    [{ ...address, VEJNET_INTAKE_IMAP: 'imap://a:b@mail.example' }, 'unencrypted'],
    [{ ...address, VEJNET_INTAKE_IMAP: 'imaps://mail.example' }, 'imaps://user:password@host'],
    [{ ...address, VEJNET_INTAKE_IMAP: 'https://a:hemmelig@mail.example' }, 'imaps://user:password@host'],
    [{ ...address, VEJNET_INTAKE_IMAP: 'hemmelig' }, 'imaps://user:password@host'],
  ])('%j is said in one sentence, without its password', (env, sentence) => {
    const fault = (() => {
      try {
        return read(env as Record<string, string>);
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(ConfigError);
    expect((fault as Error).message).toContain(sentence);
    expect((fault as Error).message).not.toContain('hemmelig');
  });
});
