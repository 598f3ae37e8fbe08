import { useEffect } from 'react';
import { useWords } from '../../ui/language.tsx';
import { publicWords } from '../words.ts';

export function PrivacyPage() {
  const w = useWords(publicWords);
  useEffect(() => {
    document.title = `${w.privacy} – Vejnet`;
  }, [w]);
  return (
    <main className="plain" id="main">
      <div className="read">
        <h1>{w.privacy}</h1>
        {w.privacyText.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </main>
  );
}
