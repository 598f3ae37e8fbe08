import { Badge, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { dial, employees, phoneNumber } from '../../../../ui/figures.ts';
import { capital, languageName, shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { Facts } from '../../../../ui/layout/facts.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import type { Card } from '../contract.ts';
import { callsWords } from '../words.ts';
import classes from './desk.module.css';

/** How long the call has lasted; its own part, so that a second redraws nothing else. */
function Lasting() {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const [began] = useState(() => Date.now());
  const [now, setNow] = useState(began);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now - began) / 1000);
  const time = `${Math.floor(seconds / 60)}${language === 'da' ? '.' : ':'}${String(seconds % 60).padStart(2, '0')}`;
  return (
    <Badge style={{ flex: 'none' }} leftSection={<IconPhone size={16} stroke={1.75} />}>
      {w.talking(time)}
    </Badge>
  );
}

/** The first column: who it is, why them, and what to say. */
export function DeskCard({ card }: { card: Card }) {
  const w = useWords(callsWords);
  const { language } = useLanguage();
  const scripts = Object.keys(card.scripts);
  const [spoken, setSpoken] = useState(scripts.includes(language) ? language : (scripts[0] ?? 'da'));
  const said = card.earlier.map(({ day, outcome }) => `${shortDay(language, day)}: ${w.outcomes[outcome]}`).join(', ');
  return (
    <Stack gap="md">
      <div>
        <Lasting key={`${card.item} ${card.leaseNo}`} />
        <Title order={2} fz={26} mt={4} lang="da" style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}>
          {card.name}
        </Title>
        {card.company !== null && <NameLink to={`/companies/${card.company}`}>{w.openCompany}</NameLink>}
      </div>
      <Text className={classes.phone}>
        {card.phone === null ? (
          w.noPhone
        ) : (
          <a href={dial(card.phone)} style={{ color: 'inherit', textDecoration: 'none' }}>
            {phoneNumber(card.phone)}
          </a>
        )}
      </Text>
      <Text c="var(--vn-ink-2)">{sideBySide([card.town, card.size === null ? null : employees(language, card.size), card.industry].filter((part) => part !== null))}</Text>
      <Facts
        narrow
        facts={[
          { label: w.why, value: card.campaign.why },
          ...card.introductions.map(({ from, text }) => ({ label: from, value: text })),
          { label: w.goal, value: card.campaign.goal },
          { label: w.lastSaid, value: said === '' ? w.firstCall : said },
        ]}
      />
      {scripts.length > 0 && (
        <figure style={{ margin: 0 }}>
          <Group justify="space-between" gap="xs" mb={4}>
            <Text component="figcaption" size="sm" c="dimmed">
              {w.say}
            </Text>
            {scripts.length > 1 && (
              <NativeSelect
                aria-label={w.scriptLanguage}
                size="xs"
                value={spoken}
                onChange={(event) => setSpoken(event.currentTarget.value)}
                data={scripts.map((code) => ({ value: code, label: capital(languageName(language, code)) }))}
              />
            )}
          </Group>
          <blockquote className={classes.script} lang={spoken}>
            {card.scripts[spoken]}
          </blockquote>
        </figure>
      )}
    </Stack>
  );
}
