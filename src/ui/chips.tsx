import { Chip, Group, Text } from '@mantine/core';
import classes from './chips.module.css';

interface Props {
  id?: string;
  label: string;
  description?: string;
  error?: unknown;
  choices: readonly { value: string; label: string }[];
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** Picks several of a known set, all of it in sight. The error summary finds the first chip. */
export function ChipsField({ id, label, description, error, choices, value = [], onChange }: Props) {
  return (
    <fieldset className={classes.field}>
      <legend>{label}</legend>
      {description !== undefined && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
      {typeof error === 'string' && (
        <Text size="sm" fw={500} c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <Chip.Group multiple value={value} onChange={(picked) => onChange?.(picked)}>
        <Group gap="xs" mt={6}>
          {choices.map((choice, index) => (
            <Chip key={choice.value} value={choice.value} size="sm" variant="light" classNames={{ label: classes.chip }} {...(index === 0 && id !== undefined ? { id } : {})}>
              {choice.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}
