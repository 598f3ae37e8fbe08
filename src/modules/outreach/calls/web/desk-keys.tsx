import { Button, Group, Text } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { Dialog } from '../../../../ui/dialog.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { outcomes } from '../rules.ts';
import { callsWords } from '../words.ts';
import classes from './desk.module.css';

const storageKey = 'vejnet-call-keys';

/** Single keys can be switched off (WCAG 2.1.4), and the choice is remembered. */
export function useKeysOn() {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(storageKey) !== 'off';
    } catch {
      return true;
    }
  });
  return {
    on,
    toggle() {
      setOn(!on);
      try {
        localStorage.setItem(storageKey, on ? 'off' : 'on');
      } catch {
        // The choice then lasts as long as the page.
      }
    },
  };
}

/** Calls what a key stands for; never while somebody types, holds another key, or has a dialog open. */
export function useKeys(on: boolean, keys: Record<string, () => void>) {
  const latest = useRef(keys);
  latest.current = keys;
  // With the page and not after it: a key pressed right when a card gives way to the next must not reach the card that is gone.
  useLayoutEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
      if (target?.closest('input, textarea, select, [contenteditable="true"]') !== null && target !== null) return;
      const act = latest.current[event.key.toLowerCase()];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [on]);
}

export function KeyList({ opened, onClose, keys }: { opened: boolean; onClose(): void; keys: { on: boolean; toggle(): void } }) {
  const w = useWords(callsWords);
  const lines = [...outcomes.map((outcome, at) => [String(at + 1), w.outcomes[outcome] ?? outcome] as const), ['N', w.keys.note], ['Z', w.keys.undo], ['P', w.keys.pause], ['?', w.keys.all]] as const;
  return (
    <Dialog title={w.keysTitle} opened={opened} align="flex-start" onClose={onClose}>
      <dl className={classes.keyList}>
        {lines.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd className={classes.kbd}>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed">
        {w.keysHelp}
      </Text>
      <Group gap="xs">
        <Button onClick={keys.toggle}>{keys.on ? w.keysOff : w.keysOn}</Button>
        <Button onClick={onClose}>{w.close}</Button>
      </Group>
    </Dialog>
  );
}
