import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { readCode } from '../kit/code.ts';
import { useLanguage, useWords } from './language.tsx';
import { uiWords } from './words.ts';

/** The browser's own voice; nothing where it has none. */
function ReadAloud() {
  const w = useWords(uiWords);
  const { language } = useLanguage();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), []);
  if (!('speechSynthesis' in globalThis)) return null;
  const speak = () => {
    speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const said = new SpeechSynthesisUtterance((document.getElementById('main')?.innerText ?? '').replaceAll('\n', '. '));
    said.lang = language === 'da' ? 'da-DK' : 'en-GB';
    said.onend = () => setSpeaking(false);
    setSpeaking(true);
    speechSynthesis.speak(said);
  };
  return (
    <button type="button" className="button aloud" onClick={speak}>
      {speaking ? w.stopReading : w.readAloud}
    </button>
  );
}

/** The frame of one question: its words as the heading, which takes the focus when the question is a new one. */
export function Question({ title, first = false, children }: { title: string; first?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Vejnet`;
    if (!first) heading.current?.focus();
  }, [title, first]);
  return (
    <main className="plain easy" id="main">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      <ReadAloud />
    </main>
  );
}

/** A code from paper; a `shape` that it has not is said before anything is asked. */
export function CodeForm({ label, help, button, shape, wrong, onCode }: { label: string; help: string; button: string; shape?: RegExp; wrong?: string; onCode(code: string): void }) {
  const [code, setCode] = useState('');
  const [bad, setBad] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const read = readCode(code);
    if (shape !== undefined && !shape.test(read)) return setBad(true);
    setBad(false);
    onCode(read);
  };
  return (
    <form onSubmit={send} className="code-form">
      <label htmlFor="code">{label}</label>
      <p id="code-help">{help}</p>
      {bad && (
        <p className="notice" role="alert" id="code-wrong">
          {wrong}
        </p>
      )}
      <input
        id="code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={60}
        aria-describedby="code-help"
        aria-invalid={bad}
      />
      <button type="submit" className="button first">
        {button}
      </button>
    </form>
  );
}
