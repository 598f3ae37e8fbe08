import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { Refusal } from './client.ts';
import { useProblemText } from './problem-words.tsx';

/** A part of a company's own page: what it shows, which of its forms is open, what was done or refused. What cannot be read shows nothing: a page that is gone says so itself. */
export interface OwnPart<Page, Open> {
  page: Page | null;
  open: Open | null;
  done: string;
  refusal: unknown;
  /** Does something whose answer is the part as it is now, and says what was done. */
  act(work: Promise<Page>, said: string): Promise<unknown>;
  /** Opens one of its forms, or closes it. */
  choose(next: Open | null): void;
  refuse(refusal: unknown): void;
}

export function useOwnPart<Page, Open>(token: string, read: (token: string) => Promise<Page>): OwnPart<Page, Open> {
  const [page, setPage] = useState<Page | null>(null);
  const [refusal, refuse] = useState<unknown>(null);
  const [done, setDone] = useState('');
  const [open, setOpen] = useState<Open | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how it is read never changes
  useEffect(() => {
    read(token).then(setPage, () => undefined);
  }, [token]);
  return {
    page,
    open,
    done,
    refusal,
    refuse,
    act(work, said) {
      refuse(null);
      return work.then((now) => {
        setPage(now);
        setOpen(null);
        setDone(said);
      }, refuse);
    },
    choose(next) {
      setDone('');
      refuse(null);
      setOpen(next);
    },
  };
}

/** What was done, or why not. `invalid`: a sentence where the server only says that something is wrong. */
export function OwnSaid({ part, notSaved, invalid }: { part: Pick<OwnPart<never, never>, 'done' | 'refusal'>; notSaved: string; invalid?: string }) {
  const problemText = useProblemText();
  const { done, refusal } = part;
  return (
    <>
      <p role="status">{done}</p>
      {refusal !== null && (
        <p className="notice" role="alert">
          {notSaved} {invalid !== undefined && refusal instanceof Refusal && refusal.problem.code === 'invalid' ? invalid : problemText(refusal)}
        </p>
      )}
    </>
  );
}

/** A form of such a part: one send at a time, and a way out. */
export function OwnForm({ save, cancel, onSend, onClose, children }: { save: string; cancel: string; onSend(): Promise<unknown>; onClose(): void; children: ReactNode }) {
  const [pending, setPending] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    onSend().finally(() => setPending(false));
  };
  return (
    <div className="panel">
      <form onSubmit={send} noValidate>
        {children}
        <p className="buttons">
          <button type="submit" className="button first">
            {save}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {cancel}
          </button>
        </p>
      </form>
    </div>
  );
}
