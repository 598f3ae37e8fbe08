import { ActionIcon, Anchor } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuildingFactory2, IconCalendarEvent, IconMenu2, IconX } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { inLanguage } from '../../kit/words.ts';
import { roleWords } from '../../modules/organisation/sign-in/words.ts';
import { leave } from './leave.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { initials, Mark } from '../../ui/mark.tsx';
import { uiWords } from '../../ui/words.ts';
import { navFor } from '../nav.ts';
import { shellWords } from '../words.ts';
import { useSession } from './session.tsx';
import classes from './shell.module.css';

const icons: Record<string, ComponentType<{ size?: number; stroke?: number }>> = { '/': IconCalendarEvent, '/companies': IconBuildingFactory2 };

function MainMenu({ onGo }: { onGo?: () => void }) {
  const w = useWords(shellWords);
  const { hat } = useSession();
  return (
    <nav aria-label={w.menu} className={classes.nav}>
      {navFor(hat.roles).map(({ to, word }) => {
        const Icon = icons[to];
        return (
          <Link key={to} to={to} onClick={onGo} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
            {Icon && <Icon size={20} stroke={1.75} />}
            {w[word]}
          </Link>
        );
      })}
    </nav>
  );
}

function Person({ onGo }: { onGo?: () => void }) {
  const { language } = useLanguage();
  const { person, hat } = useSession();
  const roles = inLanguage(roleWords, language);
  return (
    <Link to="/me" onClick={onGo} className={classes.who}>
      <span className={classes.avatar} aria-hidden="true">
        {initials(person.name)}
      </span>
      <span>
        <b>{person.name}</b>
        <span>{hat.roles.map((role) => roles[role]).join(', ')}</span>
      </span>
    </Link>
  );
}

const Brand = () => (
  <Link to="/" className={classes.brand}>
    <Mark />
    Vejnet
  </Link>
);

/** The frame around every page of those who work here: rail on a wide screen, top bar and drawer on a narrow one. */
export function Shell() {
  const w = useWords(shellWords);
  const shared = useWords(uiWords);
  const session = useSession();
  const [open, menu] = useDisclosure();
  return (
    <div className={classes.app}>
      <a href="#main" className={classes.skip}>
        {shared.skip}
      </a>
      <header className={`${classes.rail} vn-rail`}>
        <Brand />
        <MainMenu />
        <Person />
      </header>
      <header className={classes.top}>
        <Brand />
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={w.openMenu} aria-expanded={open} aria-controls="phone-menu" onClick={menu.toggle}>
          {open ? <IconX size={24} stroke={1.75} /> : <IconMenu2 size={24} stroke={1.75} />}
        </ActionIcon>
      </header>
      {open && (
        <div className={classes.sheet} id="phone-menu">
          <MainMenu onGo={menu.close} />
          <Person onGo={menu.close} />
        </div>
      )}
      <div className={classes.main}>
        {session.demonstration && (
          <div role="region" aria-label={w.demonstration} className={classes.demo}>
            <span>{w.demoStrip}</span>
            <Anchor component="button" type="button" fz="inherit" onClick={leave}>
              {w.switchPerson}
            </Anchor>
          </div>
        )}
        <main id="main">
          <Outlet />
        </main>
        <footer className={classes.foot}>
          <Anchor href="/accessibility" size="sm">
            {w.accessibility}
          </Anchor>
        </footer>
      </div>
    </div>
  );
}
