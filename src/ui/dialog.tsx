import { Modal, Stack, type StackProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** A question, or what is shown. */
  title: string;
  opened?: boolean;
  align?: StackProps['align'];
  onClose(): void;
  children: ReactNode;
}

/** The one frame of a dialog: its name is there from the first moment, for Mantine gives it only after the first render, too late for who has it read aloud. */
export function Dialog({ title, opened = true, align, onClose, children }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} padding="lg" attributes={{ content: { 'aria-label': title } }}>
      <Stack gap="md" align={align}>
        {/* Without Mantine's own header, which axe takes for a second banner of the page. */}
        <Modal.Title fz="lg" fw={600}>
          {title}
        </Modal.Title>
        {children}
      </Stack>
    </Modal>
  );
}
