import { Button, Group } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useWords } from '../../../../ui/language.tsx';
import { dataProtectionWords } from '../words.ts';

const parts = [
  { to: '/data-protection', word: 'person' },
  { to: '/data-protection/clocks', word: 'clocks' },
  { to: '/data-protection/access', word: 'access' },
  { to: '/data-protection/contacts', word: 'contacts' },
  { to: '/data-protection/texts', word: 'texts' },
] as const;

/** The pages of data protection beside each other. */
export function DataProtectionParts() {
  const w = useWords(dataProtectionWords);
  const here = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Group component="nav" aria-label={w.title} gap="xs" mb="xl">
      {parts.map(({ to, word }) => (
        <Button key={to} component={Link} to={to} variant={here === to ? 'light' : 'subtle'} {...(here === to ? { 'aria-current': 'page' } : {})}>
          {w.parts[word]}
        </Button>
      ))}
    </Group>
  );
}
