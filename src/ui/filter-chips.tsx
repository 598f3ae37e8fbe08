import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from './filter-chips.module.css';

interface Props {
  label: string;
  /** What is on, in words. */
  chips: readonly { name: string; text: string; remove(): void }[];
  /** "Remove the filter Lemvig" */
  removes(text: string): string;
  clear: string;
  onClear(): void;
}

/** What the filters say right now, each with its own way out; the way out of all stands last. */
export function FilterChips({ label, chips, removes, clear, onClear }: Props) {
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={label}>
      {chips.map(({ name, text, remove }) => (
        <li key={name}>
          <Button className={classes.chip} size="xs" radius="xl" variant="light" color="fjord" rightSection={<IconX size={14} stroke={1.75} />} aria-label={removes(text)} onClick={remove}>
            {text}
          </Button>
        </li>
      ))}
      <li>
        <Button size="xs" radius="xl" variant="subtle" onClick={onClear}>
          {clear}
        </Button>
      </li>
    </ul>
  );
}
