import { Chip, Group, VisuallyHidden } from '@mantine/core';
import classes from './chips.module.css';

interface Props {
  label: string;
  choices: readonly { value: string; label: string }[];
  value: string;
  onChange(value: string): void;
}

/** Picks one of a few kinds of rows, all of them in sight with their counts. */
export const PickOne = ({ label, choices, value, onChange }: Props) => (
  <fieldset className={classes.field}>
    <VisuallyHidden component="legend">{label}</VisuallyHidden>
    <Chip.Group value={value} onChange={(picked) => onChange(picked as string)}>
      <Group gap="xs">
        {choices.map((choice) => (
          <Chip key={choice.value} value={choice.value} size="sm" variant="light" classNames={{ label: classes.chip }}>
            {choice.label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  </fieldset>
);
