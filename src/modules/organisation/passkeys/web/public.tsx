import { useState } from 'react';
import { call, Refusal } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { preparePasskeySignIn, signInWithPasskey } from '../contract.ts';
import { passkeysWords } from '../words.ts';

/** Offers every passkey that the device has for this place; whoever breaks off is told that nothing happened. For the plain pages. */
export function PasskeyButton({ onIn, onRefusal }: { onIn(): void; onRefusal(error: unknown): void }) {
  const w = useWords(passkeysWords);
  const [pending, setPending] = useState(false);
  const [said, setSaid] = useState(false);
  if (typeof PublicKeyCredential === 'undefined') return null;
  const use = async () => {
    onRefusal(null);
    setSaid(false);
    try {
      const [{ startAuthentication }, { options }] = await Promise.all([import('@simplewebauthn/browser'), call(preparePasskeySignIn, {})]);
      const answer = await startAuthentication({ optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'] });
      await call(signInWithPasskey, { body: { answer: answer as never } });
      onIn();
    } catch (error) {
      if (error instanceof Refusal) onRefusal(error);
      else setSaid(true);
    }
  };
  return (
    <div className="other-way">
      <button
        type="button"
        className="button"
        aria-busy={pending}
        onClick={() => {
          if (pending) return;
          setPending(true);
          use().finally(() => setPending(false));
        }}
      >
        {w.use}
      </button>
      {said && <p role="status">{w.notUsed}</p>}
    </div>
  );
}
