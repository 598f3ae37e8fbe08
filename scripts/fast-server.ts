/** How a database server runs for tests: nothing here must outlive a power cut; autovacuum would hold a template open while it is being copied. */
export const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off', max_connections: '200' };
