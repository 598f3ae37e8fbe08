import * as z from 'zod';

/** The largest number that PostgreSQL keeps as an integer. */
export const largest = 2_147_483_647;

/** A number that counts up from one, as versions and leases do, where a request brings it in its body. */
export const serial = z.int().min(1).max(largest);
