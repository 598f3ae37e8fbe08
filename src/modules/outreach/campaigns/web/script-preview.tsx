import { Stack, Text, Title } from '@mantine/core';
import { languageName } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { campaignsWords } from '../words.ts';
import classes from './campaigns.module.css';

interface Props {
  why: string;
  scripts: readonly { language: string; text: string }[];
}

/** What stands in front of whoever calls. */
export function ScriptPreview({ why, scripts }: Props) {
  const w = useWords(campaignsWords);
  const { language } = useLanguage();
  const written = scripts.filter(({ text }) => text.trim() !== '');
  return (
    <Stack gap="xs" component="section" aria-labelledby="preview">
      <Title order={2} id="preview">
        {w.preview}
      </Title>
      <div className={classes.card}>
        <Text fw={600}>{w.previewCompany}</Text>
        {why.trim() !== '' && (
          <Text size="sm" c="var(--vn-ink-2)" mt={4}>
            {w.previewWhy}: {why}
          </Text>
        )}
        {written.length === 0 && (
          <Text size="sm" c="dimmed" mt="sm">
            {w.previewEmpty}
          </Text>
        )}
        {written.map((script) => (
          <div key={script.language}>
            {written.length > 1 && (
              <Text size="sm" c="dimmed" mt="sm">
                {languageName(language, script.language)}
              </Text>
            )}
            <Text mt={written.length > 1 ? 0 : 'sm'} lang={script.language} className={classes.said}>
              {script.text}
            </Text>
          </div>
        ))}
      </div>
    </Stack>
  );
}
