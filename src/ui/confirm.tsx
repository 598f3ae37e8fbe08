import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useWords } from './language.tsx';
import { ErrorNotice } from './layout/states.tsx';
import { uiWords } from './words.ts';

interface Props {
  /** A question; the buttons answer it. */
  title: string;
  text: string;
  yes: string;
  /** What is bound to be wanted, as a signature: not in red. */
  calm?: boolean;
  opened: boolean;
  onClose(): void;
  run(): Promise<unknown>;
  /** After it was done and the dialog is gone. */
  onDone(): unknown;
}

/** Only for what cannot be undone. */
export function ConfirmDialog({ title, text, yes, calm = false, opened, onClose, run, onDone }: Props) {
  const w = useWords(uiWords);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = () => {
    setError(null);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} withCloseButton={false} padding="lg">
      <Stack gap="md">
        {/* Without Mantine's own header, which axe takes for a second banner of the page. */}
        <Modal.Title fz="lg" fw={600}>
          {title}
        </Modal.Title>
        <Text>{text}</Text>
        {error !== null && <ErrorNotice error={error} />}
        <Group gap="xs">
          <Button
            variant="filled"
            {...(calm ? {} : { color: 'red' })}
            loading={pending}
            onClick={() => {
              setPending(true);
              run()
                .then(() => {
                  close();
                  return onDone();
                }, setError)
                .finally(() => setPending(false));
            }}
          >
            {yes}
          </Button>
          <Button onClick={close}>{w.cancel}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
