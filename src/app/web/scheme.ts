import { applyScheme } from '../../ui/scheme.ts';

// Before anything is drawn, so that a dark screen does not flash white.
applyScheme();
