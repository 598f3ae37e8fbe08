import { Alert, Button, CopyButton, Stack, Text, TextInput } from '@mantine/core';

/** A secret, this once, to be copied. */
export function ShownOnce({ value, words: w, ...rest }: { value: string; words: { shown: string; label: string; copy: string; copied: string }; w?: string; maw?: number }) {
  return (
    <Alert color="green" role="status" {...rest}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{w.shown}</Text>
        <TextInput label={w.label} value={value} readOnly w="100%" onFocus={(event) => event.currentTarget.select()} />
        <CopyButton value={value} timeout={3000}>
          {({ copied, copy }) => (
            <Button size="xs" onClick={copy}>
              {copied ? w.copied : w.copy}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  );
}
