import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A name that opens the page of the thing, in the size of the text around it. */
export const NameLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Anchor component={Link} to={to} fz="inherit">
    {children}
  </Anchor>
);

/** Above the title: the list that the page belongs to. */
export const PathLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Anchor component={Link} to={to} c="inherit" fz="inherit">
    {children}
  </Anchor>
);
