import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useActing } from './acting.tsx';
import { fieldDay, readDay } from './format.ts';
import { useLanguage, useWords } from './language.tsx';
import { uiWords } from './words.ts';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & { value?: string; onChange?: (value: string) => void };

/**
 * A day typed the way people write it. The form holds 'YYYY-MM-DD'; what cannot be read stays as it was written, so that the server names it.
 * Says so on leaving the field, not while typing.
 */
export function DayInput({ value = '', onChange, onBlur, description, error, ...rest }: Props) {
  const w = useWords(uiWords);
  const { language } = useLanguage();
  const { today } = useActing();
  const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  const shown = (held: string) => (isDay(held) ? fieldDay(language, held) : held);
  const [text, setText] = useState(() => shown(value));
  const [held, setHeld] = useState(value);
  const [left, setLeft] = useState(false);
  if (value !== held) {
    // The form was filled from elsewhere.
    setHeld(value);
    setText(shown(value));
  }
  return (
    <TextInput
      styles={{ wrapper: { maxWidth: 200 } }}
      autoComplete="off"
      {...rest}
      description={description ?? w.dayHelp}
      error={error ?? (left && held !== '' && !isDay(held) ? w.dayUnread : undefined)}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        const read = readDay(typed, today) ?? typed.trim();
        setText(typed);
        setHeld(read);
        setLeft(false);
        onChange?.(read);
      }}
      onBlur={(event) => {
        setText(shown(held));
        setLeft(true);
        onBlur?.(event);
      }}
    />
  );
}
