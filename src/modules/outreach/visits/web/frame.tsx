import { IconArrowLeft, IconCloudOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../../../ui/language.tsx';
import { Mark } from '../../../../ui/mark.tsx';
import { returnTo } from '../../../../ui/return-to.ts';
import { phoneWords } from '../words.ts';
import { useStanding } from './answer.tsx';

interface Props {
  title: string;
  /** A line under the title. */
  sub?: string | null;
  /** What was kept, to be said where there is no coverage. */
  kept?: string | null;
  /** Today is where one comes from: it has the mark instead of the way back. */
  home?: boolean;
  /** The page changed under the reader’s hands: the focus goes to its title. */
  arrive?: boolean;
  children: ReactNode;
}

/** A page of the phone: the bar with its title, what the connection is like, and the content. */
export function PhonePage({ title, sub = null, kept = null, home = false, arrive = false, children }: Props) {
  const w = useWords(phoneWords);
  const { reach, signedOut } = useStanding();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Vejnet`;
  }, [title]);
  // After a change of page, not after the first one: there the browser starts at the top itself.
  useEffect(() => {
    if (arrive || history.state === 'moved') heading.current?.focus();
  }, [arrive]);
  const name = (
    <h1 ref={heading} tabIndex={-1} className={home ? undefined : 'name'}>
      {title}
    </h1>
  );
  return (
    <>
      <header className="top">
        {home ? (
          <a href="/phone" className="brand">
            <Mark />
            Vejnet
          </a>
        ) : (
          <>
            <a href="/phone" className="icon" aria-label={w.back}>
              <IconArrowLeft size={24} stroke={1.75} aria-hidden="true" />
            </a>
            <div>
              {name}
              {sub !== null && <p className="small">{sub}</p>}
            </div>
          </>
        )}
      </header>
      <div className="connection" role="status">
        {signedOut ? (
          <p className="amber">
            <span>
              {w.signInAgain}:{' '}
              <a href="/sign-in" onClick={() => returnTo(location.pathname)}>
                {w.signIn}
              </a>
            </span>
          </p>
        ) : (
          !reach && (
            <p className="amber">
              <IconCloudOff size={20} stroke={1.75} aria-hidden="true" />
              <span>
                <b>{w.offline}</b> {kept}
              </span>
            </p>
          )
        )}
      </div>
      <main className="phone" id="main">
        {home && (
          <div className="hello">
            {name}
            {sub !== null && <p>{sub}</p>}
          </div>
        )}
        {children}
      </main>
    </>
  );
}

/** Something that is not there, and what can be done. */
export function Nothing({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <PhonePage title={title}>
      <p>{text}</p>
      <div className="stack">{children}</div>
    </PhonePage>
  );
}
