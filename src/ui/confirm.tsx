import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from './dialog.tsx';
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
    <Dialog title={title} opened={opened} onClose={close}>
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
    </Dialog>
  );
}
