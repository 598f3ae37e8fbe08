import { Box, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './columns.module.css';

/** The reading column, and beside it people and facts; below it where there is no room. */
export function Columns({ children, aside }: { children: ReactNode; aside: ReactNode }) {
  if (aside === null) return <Stack gap="xl">{children}</Stack>;
  return (
    <Box className={classes.columns}>
      <Stack gap="xl">{children}</Stack>
      <Stack gap="lg">{aside}</Stack>
    </Box>
  );
}
