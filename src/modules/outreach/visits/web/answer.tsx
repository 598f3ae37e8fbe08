import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Endpoint, OutputOf, SentTo } from '../../../../kit/endpoint.ts';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { dayOf, shortDay, timeOf } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { phoneWords } from '../words.ts';
import { reaching, readStanding, watchStanding } from './courier.tsx';
import { dropAnswers, keepAnswer, keptAnswer } from './device.tsx';

/** Whose things the device shows; filled by the phone page when it knows. */
export const OwnerContext = createContext('');
export const useOwner = () => use(OwnerContext);

export const useStanding = () => useSyncExternalStore(watchStanding, readStanding);

interface Answered<T> {
  data: T | undefined;
  at: string | null;
  error: unknown;
}

/** Asks once and keeps the answer, so that it is there without coverage. */
export async function fetchAndKeep<E extends Endpoint>(owner: string, name: string, endpoint: E, sent: SentTo<E>): Promise<{ value: OutputOf<E>; at: string }> {
  const value = await reaching(call(endpoint, sent));
  return { value, at: await keepAnswer(owner, name, value) };
}

/** What the device keeps is shown at once; the server’s answer follows, now and whenever coverage comes back. `name`: one for each question. */
export function useAnswer<E extends Endpoint>(name: string | null, endpoint: E, sent: SentTo<E>): Answered<OutputOf<E>> & { again(): void } {
  const owner = useOwner();
  const { reach } = useStanding();
  const asked = JSON.stringify(sent);
  const [state, setState] = useState<Answered<OutputOf<E>> & { name: string | null }>({ name, data: undefined, at: null, error: null });
  const load = useCallback(async () => {
    if (name === null) return;
    const kept = await keptAnswer(owner, name);
    if (kept !== null) setState((now) => (now.name === name && now.data !== undefined ? now : { name, data: kept.value as OutputOf<E>, at: kept.at, error: null }));
    try {
      const { value, at } = await fetchAndKeep(owner, name, endpoint, JSON.parse(asked) as SentTo<E>);
      setState({ name, data: value, at, error: null });
    } catch (error) {
      const gone = error instanceof Refusal && [403, 404].includes(error.problem.status);
      if (gone) await dropAnswers(owner, (each) => each === name);
      setState((now) => (now.name !== name || gone ? { name, data: undefined, at: null, error } : { ...now, error }));
    }
  }, [owner, name, endpoint, asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the server can be reached again
  useEffect(() => void load(), [load, reach]);
  return { ...(state.name === name ? state : { data: undefined, at: null, error: null }), again: load };
}

/** Where what is shown is old, it says how old. */
export function LastFetched({ at, error }: { at: string | null; error: unknown }) {
  const w = useWords(phoneWords);
  const { language } = useLanguage();
  const { zone } = useActing();
  if (at === null || error === null) return null;
  const time = timeOf(language, zone, at);
  const old = dayOf(zone, at) !== dayOf(zone, new Date().toISOString());
  return <p className="small">{w.lastFetched(old ? w.fetchedAt(shortDay(language, dayOf(zone, at)), time) : w.clockAt(time))}</p>;
}
